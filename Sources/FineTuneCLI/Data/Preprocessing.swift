import FineTuneKit

/// Turns rows of text into what a model takes: token ids, and labels where there are any.
struct Preprocessing {
    let tokenizer: PreTrainedTokenizer
    let texts: TextColumns
    /// The number of tokens to which rows are cut; nil for the tokenizer's own limit.
    let maxLength: Int?

    /// Tokenizes a split; only the model's inputs remain.
    ///
    /// - Throws: `TuneError` naming the row whose text or label is missing.
    func callAsFunction(
        _ dataset: Dataset, labels: LabelEncoder? = nil, split: String
    ) throws -> Dataset {
        var firstRow = 0
        return try dataset.map(batched: true, removeColumns: dataset.columnNames) { batch in
            var result = try encode(batch, firstRow: firstRow, split: split)
            result["label"] = try labels?.labels(of: batch, firstRow: firstRow, split: split)
            firstRow += batch.rowCount
            return result
        }
    }

    private func encode(_ batch: Columns, firstRow: Int, split: String) throws -> Columns {
        let columns = try texts.names.map { name in
            let column = try batch.column(name)
            return try (0..<column.count).map { row in
                guard let text = column[row].string else {
                    throw TuneError(
                        .badData, "Row \(firstRow + row) of '\(split)' has no text in '\(name)'.",
                        remedy: "Fill it in or remove the row.")
                }
                return text
            }
        }
        return try tokenizer(
            columns[0], columns.count > 1 ? columns[1] : nil, truncation: true,
            maxLength: maxLength
        ).columns
    }
}

/// The number of tokens to which rows are cut: the one asked for, but no more than both the model
/// and its tokenizer can take.
func tokenLimit(
    _ wanted: Int?, tokenizer: PreTrainedTokenizer, configuration: JSONObject
) throws -> Int {
    let positions = configuration["max_position_embeddings"]?.int ?? Int.max
    let limit = min(positions, tokenizer.modelMaxLength)
    guard let wanted else { return limit }
    guard wanted > 0 else {
        throw TuneError(.usage, "--max-length is \(wanted).", remedy: "Use 1 or more.")
    }
    if wanted > limit {
        Notices.write(
            "The model takes \(limit) tokens; --max-length is lowered to that.", as: .warning)
    }
    return min(wanted, limit)
}
