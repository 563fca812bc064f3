import FineTuneKit
public import Foundation
import TuneTestSupport

/// Writes a BERT of two narrow layers with random weights and a vocabulary of whole words.
///
/// - Parameters:
///   - directory: Where it goes.
///   - numLabels: The outputs of its head.
/// - Throws: An error when files cannot be written.
public func writeTinyCheckpoint(_ directory: URL, numLabels: Int = 2) throws {
    var config = BERTConfig(numLabels: numLabels)
    config.vocabSize = tinyVocabulary.count
    (config.hiddenSize, config.intermediateSize) = (16, 32)
    (config.numHiddenLayers, config.numAttentionHeads) = (2, 2)
    config.maxPositionEmbeddings = 32
    try withSharedRandomness {
        setSeed(0)
        try BERTForSequenceClassification(config).savePretrained(directory)
    }
    let settings: JSONValue = [
        "tokenizer_class": "BertTokenizer", "do_lower_case": true, "model_max_length": 32,
    ]
    try writeFileAtomically(
        directory.appendingPathComponent("tokenizer_config.json"), settings.serialized())
    try writeFileAtomically(
        directory.appendingPathComponent("vocab.txt"),
        tinyVocabulary.joined(separator: "\n") + "\n")
}

/// The words of ``tinyPairs(_:)`` and ``tinyReviews(_:)``.
private let tinyVocabulary =
    ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + subjects + verbs + things
    + ["the", "a", "it", "was", "."] + praise + blame

private let subjects = ["cat", "dog", "child", "teacher"]
private let verbs = ["sees", "finds", "likes"]
private let things = ["ball", "book", "tree"]
private let praise = ["good", "great", "lovely"]
private let blame = ["bad", "awful", "poor"]

/// Pairs of sentences in the columns of MRPC, half of them with equal sentences, as JSON lines.
public func tinyPairs(_ count: Int, from start: Int = 0) -> String {
    (start..<start + count).map { index in
        let first = sentence(index)
        let second = index.isMultiple(of: 2) ? first : sentence(index + 7)
        return #"{"sentence1": "\#(first)", "sentence2": "\#(second)", "#
            + #""label": \#(index.isMultiple(of: 2) ? 1 : 0), "idx": \#(index)}"# + "\n"
    }.joined()
}

/// Praise and blame with the labels `positive` and `negative`, as CSV with a header.
public func tinyReviews(_ count: Int, from start: Int = 0) -> String {
    let rows = (start..<start + count).map { index in
        let isPositive = index.isMultiple(of: 2)
        let words = isPositive ? praise : blame
        let text = "the \(things[index % 3]) was \(words[index / 2 % 3]) ."
        return "\(text),\(isPositive ? "positive" : "negative")"
    }
    return (["text,label"] + rows).map { $0 + "\n" }.joined()
}

private func sentence(_ index: Int) -> String {
    "the \(subjects[index % 4]) \(verbs[index / 4 % 3]) a \(things[index / 12 % 3]) ."
}
