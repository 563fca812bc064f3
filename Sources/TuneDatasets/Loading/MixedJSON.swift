import Foundation
import TuneBase

/// Keeps the values of some columns of JSON Lines as JSON text.
enum MixedJSON {
    /// The column that Arrow complains about: `Column(/a/b) changed from number to string`.
    static func column(in message: String) -> String? {
        guard let start = message.range(of: "Column(/"),
            let end = message.range(
                of: ") changed from", range: start.upperBound..<message.endIndex)
        else { return nil }
        let path = message[start.upperBound..<end.lowerBound]
        return path.split(separator: "/", omittingEmptySubsequences: false).first.map(String.init)
    }

    /// The lines with the values of `columns`, except null, replaced by their text.
    static func quoting(_ columns: Set<String>, in lines: Data, _ source: String) throws -> Data {
        try lines.withUnsafeBytes { bytes in
            var spans = JSONSpans(bytes, source: source)
            var result = Data(capacity: bytes.count)
            while spans.peek() != nil {
                guard spans.peek() == UInt8(ascii: "{") else {
                    throw spans.failure("every row must be an object")
                }
                for (index, member) in try spans.members().enumerated() {
                    result.append(UInt8(ascii: index == 0 ? "{" : ","))
                    result.append(Data(JSONValue.string(member.key).serialized().utf8))
                    result.append(UInt8(ascii: ":"))
                    let value = bytes[member.value]
                    if columns.contains(member.key), !value.elementsEqual("null".utf8) {
                        let text = String(decoding: value, as: UTF8.self)
                        result.append(Data(JSONValue.string(text).serialized().utf8))
                    } else {
                        result.append(contentsOf: value)
                    }
                }
                if result.last == 0x0A || result.isEmpty { result.append(UInt8(ascii: "{")) }
                result.append(contentsOf: "}\n".utf8)
            }
            return result
        }
    }

    /// The columns in which structures of one kind have different members.
    ///
    /// Arrow fills the missing members with nulls; only columns with such nulls are looked into.
    static func unevenColumns(
        _ table: ArrowTable, in lines: Data, _ source: String
    ) throws -> Set<String> {
        let suspects = zip(table.names, table.columns).filter { $1.mayLackMembers }.map(\.0)
        guard !suspects.isEmpty else { return [] }
        var members: [String: Set<[String]>] = [:]
        try lines.withUnsafeBytes { bytes in
            var spans = JSONSpans(bytes, source: source)
            while spans.peek() != nil {
                for member in try spans.members() where suspects.contains(member.key) {
                    let value = try JSONValue(parsing: Data(bytes[member.value]), source: source)
                    collect(value, at: "/" + member.key, into: &members)
                }
            }
        }
        return Set(
            suspects.filter { name in
                members.contains { path, variants in
                    variants.count > 1 && (path == "/" + name || path.hasPrefix("/\(name)/"))
                }
                    || members["/" + name] == [[]]
            })
    }

    /// Notes the sorted member names of every object by where it stands.
    private static func collect(
        _ value: JSONValue, at path: String, into members: inout [String: Set<[String]>]
    ) {
        switch value {
        case .array(let elements):
            for element in elements { collect(element, at: path + "/[]", into: &members) }
        case .object(let object):
            members[path, default: []].insert(object.keys.sorted())
            for (key, child) in object.members {
                collect(child, at: "\(path)/\(key)", into: &members)
            }
        default: break
        }
    }
}

extension ArrowColumn {
    /// Whether a structure in this column has a member that is null, or no members at all.
    fileprivate var mayLackMembers: Bool {
        switch kind {
        case .structure:
            children.isEmpty || children.contains { $0.nullCount > nullCount || $0.mayLackMembers }
        case .list: children.contains(where: \.mayLackMembers)
        default: false
        }
    }
}
