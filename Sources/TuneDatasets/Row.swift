public import TuneBase

/// One row of a dataset: named values in the order of the columns.
public struct Row: Sendable, Hashable {
    /// The column names in order.
    public let names: [String]
    /// The values in the order of `names`.
    public let values: [DataValue]
    private let features: Features?

    init(names: [String], values: [DataValue], features: Features? = nil) {
        self.names = names
        self.values = values
        self.features = features
    }

    /// Creates a row; a later value of the same name replaces the earlier one.
    public init(_ values: KeyValuePairs<String, DataValue>) {
        self.init(pairs: Array(values))
    }

    /// Creates a row whose columns are ordered by name.
    public init(_ values: [String: DataValue]) {
        let sorted = values.sorted { $0.key < $1.key }
        self.init(names: sorted.map(\.key), values: sorted.map(\.value))
    }

    private init(pairs: [(key: String, value: DataValue)]) {
        var names: [String] = []
        var values: [DataValue] = []
        for (name, value) in pairs {
            if let index = names.firstIndex(of: name) {
                values[index] = value
            } else {
                names.append(name)
                values.append(value)
            }
        }
        self.init(names: names, values: values)
    }

    /// The value in the column `name`.
    public subscript(name: String) -> DataValue {
        get throws {
            guard let index = names.firstIndex(of: name) else {
                throw missingColumn(name, among: names)
            }
            return values[index]
        }
    }

    /// The text in the column `name`.
    public func string(_ name: String) throws -> String { try typed(name, "text", \.string) }

    /// The integer in the column `name`.
    public func int(_ name: String) throws -> Int { try typed(name, "an integer", \.int) }

    /// The number in the column `name`.
    public func double(_ name: String) throws -> Double { try typed(name, "a number", \.double) }

    /// The truth value in the column `name`.
    public func bool(_ name: String) throws -> Bool { try typed(name, "a boolean", \.bool) }

    private func typed<Value>(
        _ name: String, _ expected: String, _ convert: (DataValue) -> Value?
    ) throws -> Value {
        let value = try self[name]
        guard let result = convert(value) else {
            throw TuneError(
                .badData, "The column '\(name)' holds \(value.kind) where \(expected) is needed.")
        }
        return result
    }
}

extension Row: ExpressibleByDictionaryLiteral {
    /// Creates a row in the order of the literal.
    public init(dictionaryLiteral elements: (String, DataValue)...) {
        self.init(pairs: elements.map { (key: $0.0, value: $0.1) })
    }
}

extension Row: CustomStringConvertible {
    /// The row as Python prints a dictionary: `{'text': 'Good.', 'label': 1}`.
    public var description: String {
        let parts = zip(names, values).map { name, value in
            "\(pythonRepr(name)): \(features?[name]?.describe(value) ?? value.description)"
        }
        return "{\(parts.joined(separator: ", "))}"
    }
}

/// The columns of rows that all have the names of the first.
package func joinRows(_ rows: [Row]) throws -> Columns {
    guard let names = rows.first?.names else { return Columns() }
    var data = names.map { _ in [DataValue]() }
    for row in rows {
        guard row.names.count == names.count else { throw differingRow(row, names) }
        for (index, name) in names.enumerated() {
            // Rows nearly always come in one order; look the name up only where they do not.
            if row.names[index] == name {
                data[index].append(row.values[index])
            } else if let position = row.names.firstIndex(of: name) {
                data[index].append(row.values[position])
            } else {
                throw differingRow(row, names)
            }
        }
    }
    var result = Columns()
    for (name, values) in zip(names, data) { result[name] = ColumnData(values) }
    return result
}

private func differingRow(_ row: Row, _ names: [String]) -> TuneError {
    TuneError(
        .badData,
        "A row has the columns \(pythonList(row.names)), but the first row has \(pythonList(names)).",
        remedy: "Give every row the same columns; a missing value is .null.")
}
