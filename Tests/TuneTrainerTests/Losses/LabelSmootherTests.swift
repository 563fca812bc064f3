import Logging
import Testing
import TuneBase
import TuneNN
import TuneTestSupport
import TuneTorch
import TuneTrainer

@Suite struct LabelSmootherTests {
    /// Losses and gradients of Python's class, made by `Tools/goldens/policies.py`.
    @Test func followsPython() throws {
        for expected in try #require(try golden("policies")["smoothing"]?.array) {
            let shape = try #require(expected["shape"]?.array).compactMap(\.int)
            let logits = Tensor(
                try #require(expected["logits"]).flatNumbers.map { Float($0) }, shape)
            logits.requiresGrad = true
            let labels = Tensor(
                try #require(expected["labels"]).flatNumbers.map { Int($0) },
                Array(shape.dropLast()))
            let smoother = LabelSmoother(epsilon: try #require(expected["epsilon"]?.double))
            let loss = try smoother(
                ModelOutput(logits: logits), labels: labels,
                shiftLabels: expected["shift"]?.bool ?? false,
                numItemsInBatch: expected["items"]?.int)
            loss.backward()
            #expect(abs(loss.item() - (expected["loss"]?.double ?? .nan)) < 1e-6)
            let gradient = try #require(expected["gradient"]).flatNumbers
            for (a, b) in zip(try #require(logits.grad).doubles(), gradient) {
                #expect(abs(a - b) < 1e-6)
            }
        }
    }

    @Test func labelsThatAreNoClassesAreRefused() {
        let output = ModelOutput(logits: Tensor.zeros([2, 3]))
        for labels in [Tensor([0.5, 1] as [Float]), Tensor([0, 1, 1])] {
            #expect(throws: TuneError.self) { try LabelSmoother()(output, labels: labels) }
        }
    }

    @Test func severalLabelsForARowTurnSmoothingOff() {
        final class Multi: ToyClassifier {
            override var configuration: JSONObject {
                JSONObject([("problem_type", "multi_label_classification")])
            }
        }
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let off = LossPolicy(smoothing: 0.1, function: nil, for: Multi(), logger: logger)
        let on = LossPolicy(smoothing: 0.1, function: nil, for: ToyClassifier(), logger: logger)
        #expect(!off.normalizesOverUpdate)
        #expect(on.normalizesOverUpdate)
    }
}
