package import TuneBase

/// How the rows of a batch are filled up to a common length.
package struct PaddingPlan: Sendable {
    /// The rows of the main column, whose lengths decide.
    package let rows: RaggedInts
    /// The side that is filled up.
    package let side: Side
    /// Whether a column `attention_mask` is missing that the model takes.
    package let makesAttentionMask: Bool
    /// The length to fill up to; nil leaves rows as they are.
    package internal(set) var length: Int?
    /// What fills up each column that is padded.
    package internal(set) var fillers: [String: Int] = [:]

    init(rows: RaggedInts, side: Side, makesAttentionMask: Bool) {
        (self.rows, self.side, self.makesAttentionMask) = (rows, side, makesAttentionMask)
    }

    /// Ones for all tokens, before padding.
    package var attentionMask: RaggedInts {
        RaggedInts(values: Array(repeating: 1, count: rows.values.count), offsets: rows.offsets)
    }

    /// How many fillers a row gets.
    package func missing(inRow row: Int) -> Int {
        max((length ?? 0) - (rows.offsets[row + 1] - rows.offsets[row]), 0)
    }

    /// Refuses a column that has not as many rows as the main one.
    package func checkRows(of column: RaggedInts, _ name: String) throws {
        guard column.count == rows.count else {
            throw TuneError(
                .badData, "The column '\(name)' has \(column.count) rows instead of \(rows.count).")
        }
    }

    /// Fills up the rows of one column as far as those of the main one need.
    func fill(_ column: RaggedInts, with value: Int, _ name: String) throws -> RaggedInts {
        try checkRows(of: column, name)
        var result = RaggedInts()
        result.reserve(rows: rows.count, values: rows.count * (length ?? 0))
        for (row, entries) in column.enumerated() {
            let filler = Array(repeating: value, count: missing(inRow: row))
            result.append(side == .right ? Array(entries) + filler : filler + Array(entries))
        }
        return result
    }
}
