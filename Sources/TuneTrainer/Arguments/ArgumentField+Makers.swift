import Foundation
import TuneBase

extension ArgumentField {
    typealias Path<Value> = any WritableKeyPath<TrainingArguments, Value> & Sendable

    static func bool(_ name: String, _ path: Path<Bool>, _ help: String) -> ArgumentField {
        required(name, .bool, path, help, { .bool($0) }, \.bool)
    }

    static func int(_ name: String, _ path: Path<Int>, _ help: String) -> ArgumentField {
        required(name, .int, path, help, { .int($0) }, \.int)
    }

    static func number(_ name: String, _ path: Path<Double>, _ help: String) -> ArgumentField {
        required(name, .number, path, help, { .double($0) }, \.double)
    }

    static func string(_ name: String, _ path: Path<String>, _ help: String) -> ArgumentField {
        required(name, .string, path, help, { .string($0) }, \.string)
    }

    static func strings(_ name: String, _ path: Path<[String]>, _ help: String) -> ArgumentField {
        required(name, .strings, path, help, encode(names:), names(in:))
    }

    static func choice<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
        _ name: String, _ path: Path<Choice>, _ help: String
    ) -> ArgumentField {
        required(
            name, .choice(Choice.allCases.map(\.rawValue)), path, help, { .string($0.rawValue) },
            { $0.string.flatMap(Choice.init(rawValue:)) })
    }

    static func bool(_ name: String, _ path: Path<Bool?>, _ help: String) -> ArgumentField {
        optional(name, .bool, path, help, { .bool($0) }, \.bool)
    }

    static func int(_ name: String, _ path: Path<Int?>, _ help: String) -> ArgumentField {
        optional(name, .int, path, help, { .int($0) }, \.int)
    }

    static func number(_ name: String, _ path: Path<Double?>, _ help: String) -> ArgumentField {
        optional(name, .number, path, help, { .double($0) }, \.double)
    }

    static func string(_ name: String, _ path: Path<String?>, _ help: String) -> ArgumentField {
        optional(name, .string, path, help, { .string($0) }, \.string)
    }

    static func strings(_ name: String, _ path: Path<[String]?>, _ help: String) -> ArgumentField {
        optional(name, .strings, path, help, encode(names:), names(in:))
    }

    static func choices<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
        _ name: String, _ path: Path<[Choice]>, _ help: String
    ) -> ArgumentField {
        required(
            name, .choices(Choice.allCases.map(\.rawValue)), path, help,
            { encode(names: $0.map(\.rawValue)) },
            { names(in: $0)?.mapAll(Choice.init(rawValue:)) })
    }

    static func object(_ name: String, _ path: Path<JSONObject?>, _ help: String) -> ArgumentField {
        optional(name, .object, path, help, { .object($0) }, jsonObject)
    }

    static func accelerator(
        _ name: String, _ path: Path<AcceleratorConfig?>, _ help: String
    ) -> ArgumentField {
        ArgumentField(
            name, .object, isOptional: true, help: help,
            get: { $0[keyPath: path].map { .object($0.toJSON()) } ?? .null },
            set: { arguments, json, place in
                let members = jsonObject(json)
                guard members != nil || json.isNull else { return false }
                arguments[keyPath: path] = try members.map {
                    try AcceleratorConfig(json: $0, at: place)
                }
                return true
            })
    }

    /// Which tokens are counted; a truth value means all or none.
    static func tokens(
        _ name: String, _ path: Path<TokenCounting>, _ help: String
    ) -> ArgumentField {
        required(
            name, .choice(TokenCounting.allCases.map(\.rawValue)), path, help,
            { .string($0.rawValue) },
            {
                if let truth = $0.bool { return truth ? .all : .no }
                return $0.string.flatMap(TokenCounting.init(rawValue:))
            })
    }

    /// A path; `true` is kept as that word and `false` means none.
    static func resume(_ name: String, _ path: Path<String?>, _ help: String) -> ArgumentField {
        ArgumentField(
            name, .string, isOptional: true, help: help,
            get: { $0[keyPath: path].map(JSONValue.string) ?? .null },
            set: { arguments, json, _ in
                let isNone = json.isNull || json == .bool(false) || json == "false"
                let text = json == .bool(true) ? "true" : json.string
                guard text != nil || isNone else { return false }
                arguments[keyPath: path] = isNone ? nil : text
                return true
            })
    }

    /// A secret text; what shows of it is a name in its place, which means none when it is read.
    static func secret(_ name: String, _ path: Path<String?>, _ help: String) -> ArgumentField {
        let mask = "<\(name.uppercased())>"
        return optional(
            name, .string, path, help, { _ in .string(mask) }, { $0.string },
            isNone: { $0.isNull || $0.string == mask })
    }

    private static func required<Value>(
        _ name: String, _ kind: Kind, _ path: Path<Value>, _ help: String,
        _ encode: @escaping @Sendable (Value) -> JSONValue,
        _ decode: @escaping @Sendable (JSONValue) throws -> Value?
    ) -> ArgumentField {
        ArgumentField(
            name, kind, help: help, get: { encode($0[keyPath: path]) },
            set: { arguments, json, _ in
                guard let value = try decode(json) else { return false }
                arguments[keyPath: path] = value
                return true
            })
    }

    private static func optional<Value>(
        _ name: String, _ kind: Kind, _ path: Path<Value?>, _ help: String,
        _ encode: @escaping @Sendable (Value) -> JSONValue,
        _ decode: @escaping @Sendable (JSONValue) throws -> Value?,
        isNone: @escaping @Sendable (JSONValue) -> Bool = \.isNull
    ) -> ArgumentField {
        ArgumentField(
            name, kind, isOptional: true, help: help,
            get: { $0[keyPath: path].map(encode) ?? .null },
            set: { arguments, json, _ in
                let value = isNone(json) ? nil : try decode(json)
                guard value != nil || isNone(json) else { return false }
                arguments[keyPath: path] = value
                return true
            })
    }
}

private func encode(names: [String]) -> JSONValue { .array(names.map(JSONValue.string)) }

private func names(in json: JSONValue) -> [String]? {
    if let name = json.string { return [name] }
    return json.array?.mapAll(\.string)
}

private func jsonObject(_ json: JSONValue) -> JSONObject? {
    guard let text = json.string else { return json.object }
    return (try? JSONValue(parsing: Data(text.utf8), source: ""))?.object
}
