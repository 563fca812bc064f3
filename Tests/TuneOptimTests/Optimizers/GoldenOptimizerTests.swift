import Testing
import TuneBase
import TuneOptim
import TuneTorch

@Suite struct GoldenOptimizerTests {
    private let golden: GoldenOptimizers

    init() throws { golden = try GoldenOptimizers() }

    /// Equal to float rounding: the last places depend on the vector instructions at hand.
    private func expectClose(
        _ found: [Float], _ wanted: JSONValue?, _ name: String, _ label: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let wanted = try golden.numbers(wanted)
        #expect(found.count == wanted.count, "\(label) \(name)", sourceLocation: sourceLocation)
        for (a, b) in zip(found, wanted) {
            #expect(
                abs(Double(a) - b) <= 1e-6 * max(1, abs(b)), "\(label) \(name)",
                sourceLocation: sourceLocation)
        }
    }

    @Test func everyOptimizerFollowsPython() throws {
        let cases = try golden.cases()
        #expect(cases.count == 14)
        for golden in cases {
            let label = "\(golden["name"]?.string ?? "") \(golden["optim_args"]?.string ?? "")"
            let optimizer = try self.golden.optimizer(golden)
            for index in 0..<(try self.golden.steps()) {
                try self.golden.step(optimizer, index)
                guard index == 0 else { continue }
                for parameter in optimizer.parameters {
                    try expectClose(
                        parameter.tensor.detached().floats(), golden["first"]?[parameter.name],
                        parameter.name, label)
                }
            }
            for parameter in optimizer.parameters {
                try expectClose(
                    parameter.tensor.detached().floats(), golden["last"]?[parameter.name],
                    parameter.name, label)
            }
            try expectEqualState(optimizer, golden, label)
        }
    }

    private func expectEqualState(
        _ optimizer: Optimizer, _ golden: JSONValue, _ label: String
    ) throws {
        let tensors = optimizer.exportedState.tensors
        let wanted = try #require(golden["state"]?.object)
        #expect(Set(tensors.map(\.0)) == Set(wanted.keys), "\(label)")
        for (name, tensor) in tensors {
            try expectClose(tensor.reshape([-1]).floats(), wanted[name], name, label)
        }
    }
}
