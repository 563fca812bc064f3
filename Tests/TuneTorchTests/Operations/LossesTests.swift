import Testing
import TuneBase
import TuneTorch

struct LossesTests {
    let golden: Golden

    init() throws { golden = try Golden("operations") }

    @Test func crossEntropy() throws {
        let logits = try golden.tensor("logits")
        let target = Tensor(try golden.list("target").compactMap(\.int))
        let mean = logits.crossEntropy(target: target).item()
        #expect(try abs(mean - golden.number("cross_entropy")) < 1e-6)
        let sum = logits.crossEntropy(target: target, reduction: .sum).item()
        #expect(try abs(sum - golden.number("cross_entropy_sum")) < 1e-6)
        let smooth = logits.crossEntropy(target: target, labelSmoothing: 0.1).item()
        #expect(try abs(smooth - golden.number("cross_entropy_smooth")) < 1e-6)
        let rows = logits.crossEntropy(target: target, reduction: .none)
        #expect(rows.shape == [4] && rows.floats()[2] == 0)
    }

    @Test func distances() throws {
        let (logits, target) = try (golden.tensor("logits"), golden.tensor("probabilities"))
        #expect(try abs(logits.mse(target: target).item() - golden.number("mse")) < 1e-6)
        #expect(try abs(logits.bceWithLogits(target: target).item() - golden.number("bce")) < 1e-6)
        #expect(logits.mse(target: target, reduction: .none).shape == [4, 3])
    }

    @Test func classesThatDoNotExistAreAnError() {
        #expect(throws: TorchError.self) {
            try catchingTorchErrors { Tensor.zeros([1, 2]).crossEntropy(target: Tensor([2])) }
        }
    }
}
