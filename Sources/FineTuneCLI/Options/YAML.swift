import FineTuneKit
import Foundation
import Yams

/// Reads YAML by the core schema of YAML 1.2.
///
/// There, `no` is a text (as `eval_strategy: no` needs) and `1e-5` a number, which older schemas
/// see the other way round.
struct YAMLReader {
    private let source: String
    private var marks: [[String]: JSONPlace.Mark] = [:]
    private var path: [String] = []
    private var count = 0

    private init(source: String) { self.source = source }

    /// Parses a document and keeps where its members stand.
    ///
    /// - Throws: `TuneError` with line and column for malformed text and for keys that appear twice.
    static func document(_ data: Data, source: String) throws -> JSONDocument {
        guard let text = String(data: data, encoding: .utf8) else {
            throw TuneError(.badConfig, "\(source) is not UTF-8 text.", remedy: "Save it as UTF-8.")
        }
        do {
            guard let node = try compose(yaml: text) else {
                return JSONDocument(.object(JSONObject()), place: JSONPlace(source))
            }
            var reader = YAMLReader(source: source)
            let value = try reader.value(node)
            return JSONDocument(value, place: JSONPlace(source, marks: reader.marks))
        } catch let error as YamlError {
            throw malformed(error, source: source)
        }
    }

    private mutating func value(_ node: Node) throws -> JSONValue {
        guard path.count < 64 else {
            throw failure(node, "this is nested too deeply", remedy: "Use fewer levels.")
        }
        count += 1
        // Anchors within anchors make huge values of short texts.
        guard count <= 100_000 else {
            throw failure(node, "this has too many values", remedy: "Write a shorter file.")
        }
        switch node {
        case .scalar(let scalar): return scalarValue(scalar)
        case .sequence(let sequence):
            return try .array(sequence.map { try member("[]", $0, at: nil) })
        case .mapping(let mapping): return try .object(object(mapping))
        case .alias:
            throw failure(node, "this repeats what encloses it", remedy: "Write the value out.")
        }
    }

    private mutating func object(_ mapping: Node.Mapping) throws -> JSONObject {
        var object = JSONObject()
        for (key, node) in mapping {
            guard let name = key.scalar?.string else {
                throw failure(key, "a key is not a text", remedy: "Write name: value.")
            }
            guard object[name] == nil else {
                throw failure(key, "'\(name)' is given twice", remedy: "Remove one.")
            }
            object[name] = try member(name, node, at: key.mark)
        }
        return object
    }

    private mutating func member(_ name: String, _ node: Node, at mark: Mark?) throws -> JSONValue {
        path.append(name)
        defer { path.removeLast() }
        if let mark { marks[path] = JSONPlace.Mark(line: mark.line, column: mark.column) }
        return try value(node)
    }

    private func failure(_ node: Node, _ problem: String, remedy: String) -> TuneError {
        let place = node.mark.map { ":\($0.line):\($0.column)" } ?? ""
        return TuneError(.badConfig, "\(source)\(place): \(problem).", remedy: remedy)
    }
}

private func malformed(_ error: YamlError, source: String) -> TuneError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
        .composer(_, let problem, let mark, _):
        TuneError(
            .badConfig, "\(source):\(mark.line):\(mark.column): \(problem).",
            remedy: "Correct the YAML there.")
    case .duplicatedKeysInMapping(let keys, let context):
        TuneError(
            .badConfig,
            "\(source):\(context.mark.line):\(context.mark.column): '\(keys.joined(separator: "', '"))' is given twice.",
            remedy: "Remove one.")
    default:
        TuneError(.badConfig, "\(source) is not valid YAML: \(error)", remedy: "Correct the file.")
    }
}

private func scalarValue(_ scalar: Node.Scalar) -> JSONValue {
    let text = scalar.string
    guard scalar.style == .plain || scalar.style == .any else { return .string(text) }
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    default: break
    }
    if let integer = Int(text) { return .int(integer) }
    let isNumeric = text.unicodeScalars.allSatisfy { "+-.eE0123456789".unicodeScalars.contains($0) }
    if isNumeric, let number = Double(text) { return .double(number) }
    return .string(text)
}
