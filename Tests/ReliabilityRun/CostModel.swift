import FineTuneKit

/// A model of the size of MiniLM with 6 layers (22.7 million parameters), or of BERT-base (109.5
/// million).
func costModel(ofBase isBase: Bool = false) throws -> BERTForSequenceClassification {
    var config = BERTConfig(numLabels: 2)
    if !isBase {
        (config.hiddenSize, config.intermediateSize, config.numHiddenLayers) = (384, 1536, 6)
    }
    setSeed(1)
    return try BERTForSequenceClassification(config)
}

/// Rows of 56 tokens for as many steps of 8 rows.
func costRows(steps: Int) throws -> Dataset {
    let tokens = (0..<(8 * steps)).map { row in
        (0..<56).map { (row * 7919 + $0 * 104_729) % 30_000 + 1 }
    }
    return try Dataset(
        Columns([
            "input_ids": .intLists(RaggedInts(tokens)),
            "attention_mask": .intLists(RaggedInts(tokens.map { $0.map { _ in 1 } })),
            "label": .ints(tokens.indices.map { $0 % 2 }),
        ]))
}
