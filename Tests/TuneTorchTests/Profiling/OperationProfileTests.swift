import Testing
import TuneTestSupport
import TuneTorch

struct OperationProfileTests {
    /// Waits without calling an operation.
    private func wait(_ duration: Duration) {
        let end = ContinuousClock.now + duration
        while ContinuousClock.now < end {}
    }

    @Test func countsOperationsByPhase() throws {
        let a = Tensor([1, 2] as [Float])
        a.requiresGrad = true
        let recording = try OperationRecording(phase: "first")
        let product = a * a
        recording.enter("second")
        let sum = (product + a).tanh().sum()
        sum.backward()
        let profile = try recording.finish()

        func calls(_ phase: String, _ name: String) -> Int {
            profile.operations.first { $0.phase == phase && $0.name == name }?.calls ?? 0
        }
        #expect(profile.phases.map(\.name) == ["first", "second", "backward"])
        #expect(calls("first", "mul") == 1)
        #expect(calls("second", "add") == 1)
        #expect(calls("second", "tanh") == 1)
        #expect(calls("second", "mul") == 0)
        #expect(calls("backward", "MulBackward0") == 1)
        #expect(calls("backward", "mul") == 2)
        let times = profile.operations.map(\.seconds)
        #expect(times == times.sorted(by: >))
    }

    @Test func nothingIsCountedTwice() throws {
        let recording = try OperationRecording(phase: "work")
        let x = Tensor([Float](repeating: 1, count: 64 * 64), [64, 64])
        _ = x.linear(weight: x)
        wait(.milliseconds(20))
        let profile = try recording.finish()
        let phase = try #require(profile.phases.first)
        let inside = profile.operations.map(\.seconds).reduce(0, +)
        let outside = profile.secondsOutsideOperations(of: phase)
        #expect(outside >= 0.02)
        #expect(abs(inside + outside - phase.seconds) < 1e-6)
        #expect(profile.operations.allSatisfy { $0.seconds >= 0 })
    }

    @Test func fusedLayersAppearByName() throws {
        let x = Tensor([Float](repeating: 0.5, count: 32 * 32), [32, 32])
        let weight = Tensor([Float](repeating: 0.5, count: 32 * 32), [32, 32])
        weight.requiresGrad = true
        let recording = try OperationRecording(phase: "forward")
        x.fusedLinear(weight: weight).sum().backward()
        let names = Set(try recording.finish().operations.map { "\($0.phase): \($0.name)" })
        #expect(
            names.isSuperset(of: [
                "forward: fused_linear", "forward: product_forward", "backward: LinearFunction",
                "backward: product_weight_gradient",
            ]))
        #expect(!names.contains { $0.contains("::") })
    }

    @Test func recordingEndsWithItsLastReference() throws {
        do { _ = try OperationRecording(phase: "left alone") }
        let recording = try OperationRecording(phase: "next")
        #expect(throws: TorchError.self) { try OperationRecording(phase: "second") }
        _ = try recording.finish()
        #expect(throws: TorchError.self) { try recording.finish() }
    }
}
