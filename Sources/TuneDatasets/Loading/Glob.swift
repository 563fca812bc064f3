import Foundation

/// Files below a directory that match patterns with `*`, `**`, `?` and `[…]`.
enum Glob {
    /// Files that never hold rows, unless a pattern names them.
    private static let ignored: Set<String> = [
        "README.md", "config.json", "dataset_info.json", "dataset_infos.json", "dummy_data.zip",
        "dataset_dict.json",
    ]

    /// The files that match `pattern`, which is relative to `base` or absolute, sorted by path.
    static func files(matching pattern: String, in base: String) -> [String] {
        let parts = components(absolute(pattern, in: base))
        let fixed = parts.prefix { !hasWildcard($0) }
        let root = "/" + fixed.joined(separator: "/")
        if fixed.count == parts.count {
            return isFile(root) ? [root] : []
        }
        let rest = Array(parts[fixed.count...])
        return listing(root).filter { file in
            let path = components(file)
            return matches(path[...], rest[...]) && isWanted(path, rest)
        }.map { root == "/" ? "/\($0)" : "\(root)/\($0)" }
    }

    /// `path` as an absolute path without `.` and `..`.
    static func absolute(_ path: String, in base: String) -> String {
        let joined = path.hasPrefix("/") ? path : "\(base)/\(path)"
        let full =
            joined.hasPrefix("/") ? joined : "\(FileManager.default.currentDirectoryPath)/\(joined)"
        var parts: [String] = []
        for part in components(full) {
            switch part {
            case ".": break
            case "..": _ = parts.popLast()
            default: parts.append(part)
            }
        }
        return "/" + parts.joined(separator: "/")
    }

    static func isFile(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
            && !isDirectory.boolValue
    }

    static func isDirectory(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
            && isDirectory.boolValue
    }

    private static func components(_ path: String) -> [String] {
        path.split(separator: "/").map(String.init)
    }

    private static func hasWildcard(_ part: String) -> Bool {
        part.contains { "*?[]".contains($0) }
    }

    /// Every file below `root`, relative to it, sorted.
    private static func listing(_ root: String) -> [String] {
        guard let paths = FileManager.default.enumerator(atPath: root) else { return [] }
        return paths.compactMap { $0 as? String }.filter { isFile("\(root)/\($0)") }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Hidden files, `__special__` directories and the cards beside the data only count where the
    /// pattern spells their mark.
    private static func isWanted(_ path: [String], _ pattern: [String]) -> Bool {
        func hidden(_ parts: [String]) -> Int { parts.count { $0.hasPrefix(".") } }
        func special(_ parts: [String]) -> Int { parts.dropLast().count { $0.hasPrefix("__") } }
        guard let name = path.last, name == pattern.last || !ignored.contains(name) else {
            return false
        }
        return hidden(path) == hidden(pattern) && special(path) == special(pattern)
    }

    private static func matches(
        _ path: ArraySlice<String>, _ pattern: ArraySlice<String>
    ) -> Bool {
        guard let first = pattern.first else { return path.isEmpty }
        if first == "**" {
            let rest = pattern.dropFirst()
            if rest.isEmpty { return !path.isEmpty }
            return (path.startIndex...path.endIndex).contains { matches(path[$0...], rest) }
        }
        guard let name = path.first else { return false }
        return matches(Array(name.unicodeScalars)[...], Array(first.unicodeScalars)[...])
            && matches(path.dropFirst(), pattern.dropFirst())
    }

    private typealias Scalars = ArraySlice<Unicode.Scalar>

    private static func matches(_ name: Scalars, _ pattern: Scalars) -> Bool {
        guard let first = pattern.first else { return name.isEmpty }
        switch first {
        case "*":
            return (name.startIndex...name.endIndex).contains {
                matches(name[$0...], pattern.dropFirst())
            }
        case "?": return !name.isEmpty && matches(name.dropFirst(), pattern.dropFirst())
        case "[":
            // A closing bracket right at the start belongs to the set.
            guard let end = pattern.dropFirst(2).firstIndex(of: "]"), let scalar = name.first
            else { return name.first == "[" && matches(name.dropFirst(), pattern.dropFirst()) }
            let set = pattern[pattern.index(after: pattern.startIndex)..<end]
            return contains(set, scalar) && matches(name.dropFirst(), pattern[(end + 1)...])
        default: return name.first == first && matches(name.dropFirst(), pattern.dropFirst())
        }
    }

    private static func contains(_ set: Scalars, _ scalar: Unicode.Scalar) -> Bool {
        let isNegated = set.first == "!" || set.first == "^"
        var rest = isNegated ? set.dropFirst() : set
        while let first = rest.popFirst() {
            if rest.count >= 2, rest.first == "-" {
                let last = rest.dropFirst().first ?? first
                rest = rest.dropFirst(2)
                if first <= scalar, scalar <= last { return !isNegated }
            } else if first == scalar {
                return !isNegated
            }
        }
        return isNegated
    }
}
