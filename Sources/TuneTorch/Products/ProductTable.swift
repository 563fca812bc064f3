package import Foundation
import CTuneTorch
import TuneBase

/// Choices as a file holds them.
package struct ProductTable: Sendable, Equatable {
    private static let format = "finetune-products"
    /// Raised when the format or the set of paths changes.
    static let version = 2
    private static let mostChoices = 10_000

    /// The processor that they hold for; see ``processorIdentity()``.
    package let processor: String
    package var choices: [ProductKey: ProductChoice]

    package init(processor: String, choices: [ProductKey: ProductChoice] = [:]) {
        (self.processor, self.choices) = (processor, choices)
    }

    /// Reads the text of a file.
    ///
    /// - Throws: `TuneError` for everything that ``data`` does not write.
    package init(parsing data: Data, source: String) throws {
        let value = try JSONValue(parsing: data, source: source)
        let fields = try JSONFields(value, source: source)
        guard try fields.string("format") == Self.format else {
            throw malformed(source, "it is not a table of products")
        }
        guard try fields.int("version") == Self.version else {
            throw malformed(source, "it is of another version of FineTune")
        }
        processor = try fields.string("processor")
        choices = [:]
        guard let rows = value["choices"]?.array, rows.count <= Self.mostChoices,
            fields.object.keys.count == 4
        else { throw malformed(source, "its members are not those of a table") }
        for row in rows {
            let (key, choice) = try entry(row, source)
            guard choices.updateValue(choice, forKey: key) == nil else {
                throw malformed(source, "a product has two choices")
            }
        }
    }

    /// The text of a file, the same for the same choices.
    package var data: Data {
        let rows = choices.map { Self.row($0, $1) }
        let sorted = rows.map { ($0.serialized(), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
        let table: JSONValue = [
            "format": .string(Self.format), "version": .int(Self.version),
            "processor": .string(processor), "choices": .array(sorted),
        ]
        return Data((table.serialized(indent: 1) + "\n").utf8)
    }

    private static func row(_ key: ProductKey, _ choice: ProductChoice) -> JSONValue {
        let times = MatrixProduct.Path.allCases.compactMap { path in
            choice.seconds[path].map { (path.name, JSONValue.double($0 * 1e3)) }
        }
        return [
            "product": .string(key.kind.name),
            "precision": .string(key.isBFloat16 ? "bf16" : "fp32"),
            "weights": .int(key.weights), "inputs": .int(key.inputs), "outputs": .int(key.outputs),
            "rows": .int(key.bucket), "threads": .int(key.threads), "by": .string(choice.path.name),
            "milliseconds": .object(JSONObject(times)),
        ]
    }
}

private func entry(_ row: JSONValue, _ source: String) throws -> (ProductKey, ProductChoice) {
    let fields = try JSONFields(row, source: source)
    guard let kind = MatrixProduct.Kind(name: try fields.string("product")),
        let isBFloat16 = ["fp32": false, "bf16": true][try fields.string("precision")],
        let path = MatrixProduct.Path(name: try fields.string("by")),
        let times = row["milliseconds"]?.object, fields.object.keys.count == 9
    else { throw malformed(source, "a choice has unknown members or values") }
    let numbers = try ["inputs", "outputs", "weights", "rows", "threads"].map {
        try fields.int($0)
    }
    guard numbers.allSatisfy({ 1...Int(Int32.max) ~= $0 }),
        let key = ProductKey(
            MatrixProduct(
                kind, rows: numbers[3], inputs: numbers[0], outputs: numbers[1],
                weights: numbers[2], isBFloat16: isBFloat16), threads: numbers[4]),
        key.bucket == numbers[3], key.weights == numbers[2]
    else { throw malformed(source, "a choice has a number that it cannot have") }
    let seconds = try times.members.map { name, value in
        guard let path = MatrixProduct.Path(name: name), let time = value.double, time > 0,
            time.isFinite
        else { throw malformed(source, "'\(name)' is no time of a product") }
        return (path, time / 1e3)
    }
    return (key, ProductChoice(path: path, seconds: Dictionary(seconds) { first, _ in first }))
}

private func malformed(_ source: String, _ reason: String) -> TuneError {
    TuneError(.badData, "\(source): \(reason).")
}

extension MatrixProduct.Kind {
    /// The name in files.
    package var name: String { "\(self)" }

    fileprivate init?(name: String) {
        guard let kind = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = kind
    }
}

extension MatrixProduct.Path {
    /// The name in files and reports.
    public var name: String { "\(self)" }

    fileprivate init?(name: String) {
        guard let path = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = path
    }
}
