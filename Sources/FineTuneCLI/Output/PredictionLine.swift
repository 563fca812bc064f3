import FineTuneKit
import Foundation

/// One line of predictions: the scores, and what they mean.
///
/// - Parameters:
///   - logits: The scores of one row.
///   - names: The class names; a single score is the value of a regression.
/// - Returns: A JSON object in one line.
func predictionLine(_ logits: [Float], names: [String]) -> String {
    var object = JSONObject([("logits", .array(logits.map(shortNumber)))])
    if logits.count == 1 {
        object["value"] = shortNumber(logits[0])
    } else {
        let best = HostArray(logits, shape: [1, logits.count]).argmax(axis: -1)[0]
        object["label"] = .string(names.indices.contains(best) ? names[best] : "LABEL_\(best)")
        object["label_id"] = .int(best)
        object["probability"] = shortNumber(Float(softmax(logits)[best]))
    }
    return jsonLine(object)
}

/// The probabilities that scores stand for.
func softmax(_ logits: [Float]) -> [Double] {
    let largest = Double(logits.max() ?? 0)
    let weights = logits.map { exp(Double($0) - largest) }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
}

/// A single-precision number with as many digits as it needs.
private func shortNumber(_ value: Float) -> JSONValue {
    .double(Double("\(value)") ?? Double(value))
}
