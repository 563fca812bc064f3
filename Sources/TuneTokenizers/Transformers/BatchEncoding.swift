public import TuneBase

/// What a tokenizer returns: the model's inputs by name, and the encodings they come from.
///
/// A batch encoding can be returned from the function of `Dataset.map`.
public struct BatchEncoding: ColumnsConvertible, Sendable {
    /// The rows; after truncation with overflow also the further windows of each text.
    public let encodings: [Encoding]
    /// The model's inputs in Python's order, beginning with `input_ids`.
    public let columns: Columns
    /// Whether a list of texts was encoded, rather than one.
    public let isBatch: Bool

    /// Creates the result from its rows.
    init(_ encodings: [Encoding], columns: Columns, isBatch: Bool) {
        (self.encodings, self.columns, self.isBatch) = (encodings, columns, isBatch)
    }

    /// The names of the model's inputs.
    public var names: [String] { columns.names }

    /// The number of rows.
    public var count: Int { encodings.count }

    /// The rows of one of the model's inputs.
    ///
    /// - Throws: `TuneError` that suggests the nearest name when there is no such input.
    public subscript(name: String) -> RaggedInts {
        get throws { try columns.intLists(name) }
    }

    /// The encoding of one row.
    public subscript(row: Int) -> Encoding { encodings[row] }

    /// The ids of all rows.
    public var inputIds: [[Int]] { encodings.map(\.ids) }

    /// The tokens of one row.
    public func tokens(_ row: Int = 0) -> [String] { encodings[row].tokens }

    /// The word of each token of one row.
    public func wordIds(_ row: Int = 0) -> [Int?] { encodings[row].wordIds }

    /// The input sequence of each token of one row.
    public func sequenceIds(_ row: Int = 0) -> [Int?] { encodings[row].sequenceIds }
}

extension BatchEncoding: CustomStringConvertible {
    /// The inputs as Python prints them.
    public var description: String {
        let fields = names.map { name in
            let values = columns[name]?.boxed ?? []
            let shown = isBatch ? DataValue.list(values) : values.first ?? .null
            return "\(pythonRepr(name)): \(shown)"
        }
        return "{\(fields.joined(separator: ", "))}"
    }
}
