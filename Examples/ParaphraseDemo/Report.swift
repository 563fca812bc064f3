import FineTuneKit
import Foundation

/// The metrics of always answering with the more frequent label.
func majorityBaseline(_ references: [Int]) throws -> MetricResult {
    let isPositive = references.reduce(0, +) * 2 >= references.count
    return try Evaluate.load("glue", "mrpc").compute(
        predictions: references.map { _ in isPositive ? 1 : 0 }, references: references)
}

/// Prints how accuracy and F1 grew, under the baseline.
func printResults(_ history: [JSONObject], baseline: MetricResult) throws {
    func row(_ name: String, _ accuracy: Double?, _ f1: Double?) {
        let cells = [accuracy, f1].map { String(format: "%10.3f", $0 ?? .nan) }
        print(name.padding(toLength: 26, withPad: " ", startingAt: 0) + cells.joined())
    }
    print("\nOn the validation pairs       accuracy        F1")
    row("always the same answer", baseline["accuracy"], baseline["f1"])
    for entry in history {
        guard let accuracy = entry["eval_accuracy"]?.double else { continue }
        let epoch = String(format: "%g", entry["epoch"]?.double ?? 0)
        row("after epoch \(epoch)", accuracy, entry["eval_f1"]?.double)
    }
    print()
}

/// Prints some predictions in words.
func printPredictions(
    _ output: PredictionOutput, of dataset: Dataset, labels: [String], count: Int
) throws {
    let count = min(count, dataset.count)
    print("Some test pairs:")
    for row in 0..<count {
        let logits = output.predictions[row].map(Double.init)
        let weights = logits.map { exp($0 - (logits.max() ?? 0)) }
        let best = output.predictions[row][1] > output.predictions[row][0] ? 1 : 0
        let probability = Int((100 * weights[best] / weights.reduce(0, +)).rounded())
        let pair = try dataset[row]
        let gold = try labels[pair.int("label")]
        print("\n  \(try pair.string("sentence1"))\n  \(try pair.string("sentence2"))")
        let verdict = labels[best] == gold ? "right" : "wrong, it is: \(gold)"
        print("    → \(labels[best]), \(probability) % sure (\(verdict))")
    }
}

/// Prints what to try next.
func printNextCommands(_ model: String, dataset: String) {
    let tool = ".build/release/finetune"
    print(
        """

        The model is in \(model). Next:
          \(tool) evaluate --model \(model) --dataset \(dataset)
          \(tool) predict --model \(model) --dataset \(dataset) --split test
          \(tool) train --model .deps/checkpoints/all-MiniLM-L6-v2 --dataset \(dataset) \\
              --output-dir my-model --learning-rate 3e-5 --eval-strategy epoch
        """)
}
