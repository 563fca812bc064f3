/// The name of a repository of the Hub: `user/model`, or `model` alone for one of the user's own.
public struct RepositoryID: Sendable, Hashable, CustomStringConvertible {
    /// The user or organization; nil leaves it to the token.
    public let namespace: String?
    /// The name within the namespace.
    public let name: String

    /// Reads a name as users write it.
    ///
    /// - Throws: `TuneError` with the code `badConfig` unless both parts have 1 to 96 letters of
    ///   ASCII, digits, `-`, `_` and `.`, begin and end with none of `-` and `.`, have neither `--`
    ///   nor `..`, and the name does not end in `.git`.
    public init(_ text: String) throws {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (1...2).contains(parts.count), let name = parts.last else {
            throw Self.error(text, "it has more than one '/'")
        }
        for part in parts {
            if let problem = Self.problem(of: part) { throw Self.error(text, problem) }
        }
        if name.hasSuffix(".git") { throw Self.error(text, "it ends in '.git'") }
        (namespace, self.name) = (parts.count == 2 ? parts[0] : nil, name)
    }

    private init(namespace: String?, name: String) {
        (self.namespace, self.name) = (namespace, name)
    }

    /// The same name, in a namespace unless it has one.
    ///
    /// - Throws: As ``init(_:)``, for a namespace that is none.
    public func within(_ namespace: String) throws -> RepositoryID {
        self.namespace == nil ? try RepositoryID("\(namespace)/\(name)") : self
    }

    /// A name made of any text, as that of a directory: what no name may have becomes `-`.
    public static func suggested(by text: String) -> RepositoryID {
        var name = String(
            String.UnicodeScalarView(text.unicodeScalars.map { isAllowed($0) ? $0 : "-" }))
        for (run, one) in [("--", "-"), ("..", ".")] {
            while name.contains(run) { name = name.replacing(run, with: one) }
        }
        while name.hasSuffix(".git") { name.removeLast(4) }
        let body = name.prefix(96).drop { "-.".contains($0) }
        let end = body.lastIndex { !"-.".contains($0) }
        return RepositoryID(namespace: nil, name: end.map { String(body[...$0]) } ?? "model")
    }

    /// The name as users write it.
    public var description: String { namespace.map { "\($0)/\(name)" } ?? name }

    private static func problem(of part: String) -> String? {
        if part.isEmpty { return "a part of it is empty" }
        if part.utf8.count > 96 { return "a part of it is longer than 96 characters" }
        if let wrong = part.unicodeScalars.first(where: { !isAllowed($0) }) {
            return "\(wrong.debugDescription) is not a letter of ASCII, a digit, '-', '_' or '.'"
        }
        if let first = part.first, let last = part.last, "-.".contains(first) || "-.".contains(last)
        {
            return "a part of it begins or ends with '-' or '.'"
        }
        return part.contains("--") || part.contains("..") ? "it has '--' or '..'" : nil
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".": true
        default: false
        }
    }

    private static func error(_ text: String, _ problem: String) -> TuneError {
        TuneError(
            .badConfig,
            "'\(strippingControlCharacters(String(text.prefix(200))))' is not the name of a repository: \(problem).",
            remedy: "Write it as user/model, or model alone.")
    }
}

/// Refuses what cannot be the name of a branch, before it becomes a part of an address.
///
/// - Throws: `TuneError` with the code `badConfig`.
public func checkBranchName(_ name: String) throws {
    let isPlain = name.unicodeScalars.allSatisfy {
        $0.isASCII && $0.value > 0x20 && $0.value != 0x7F && !"~^:?*[\\".unicodeScalars.contains($0)
    }
    let isSound =
        !name.isEmpty && name.utf8.count <= 250 && !name.contains("..") && !name.contains("//")
        && !name.hasPrefix("/") && !name.hasSuffix("/")
    guard isPlain, isSound else {
        throw TuneError(
            .badConfig,
            "'\(strippingControlCharacters(String(name.prefix(100))))' is not the name of a branch.",
            remedy: "Take letters, digits, '-', '_', '.' and '/', as in experiments/2.")
    }
}
