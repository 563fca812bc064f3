import Foundation
import Testing
import TuneBase
import TuneOptim
import TuneTorch

@Suite struct OptimizerStateTests {
    private let golden: GoldenOptimizers

    init() throws { golden = try GoldenOptimizers() }

    /// The state as it comes back from files: numbers through text, tensors as copies.
    private func saved(_ optimizer: Optimizer) throws -> OptimizerState {
        let state = optimizer.exportedState
        let text = JSONValue.object(state.values).serialized(indent: 2)
        let values = try JSONValue(parsing: .init(text.utf8), source: "optimizer.json").object
        return OptimizerState(
            tensors: state.tensors.map { ($0.0, $0.1.clone()) }, values: try #require(values))
    }

    /// Gives the parameters of one optimizer to another.
    private func copyParameters(_ source: Optimizer, _ target: Optimizer) {
        withoutGradients {
            for (a, b) in zip(source.parameters, target.parameters) { b.tensor.copy_(a.tensor) }
        }
    }

    @Test(arguments: 0...6)
    func restoredOptimizersGoOnBitEqual(stop: Int) throws {
        for golden in try golden.cases() {
            let whole = try self.golden.optimizer(golden)
            let first = try self.golden.optimizer(golden)
            let second = try self.golden.optimizer(golden)
            for group in second.groups.indices { second.groups[group].learningRate = 7 }
            for index in 0..<6 { try self.golden.step(whole, index) }
            for index in 0..<stop { try self.golden.step(first, index) }
            copyParameters(first, second)
            try second.restore(saved(first))
            // What the first does now must not reach the second.
            for index in 0..<6 { try self.golden.step(first, index) }
            for index in stop..<6 { try self.golden.step(second, index) }
            #expect(contents(second) == contents(whole), "\(golden["name"]?.string ?? "")")
        }
    }

    private func adam(_ names: [String] = ["a", "b"], _ size: Int = 2) -> AdamW {
        let parameters = names.map { name in
            let tensor = Tensor.ones([size])
            tensor.requiresGrad = true
            tensor.grad = Tensor.ones([size])
            return NamedParameter(name, tensor)
        }
        return AdamW(parameters, learningRate: 0.1)
    }

    @Test func hyperparametersAreAdopted() throws {
        let source = AdamW(
            adam().parameters, learningRate: 0.25, betas: (0.7, 0.8), epsilon: 1e-3,
            weightDecay: 0.5)
        let target = adam()
        try target.restore(saved(source))
        #expect(target.betas == (0.7, 0.8))
        #expect(target.epsilon == 1e-3)
        #expect(target.groups[0].learningRate == 0.25)
        #expect(target.groups[0].weightDecay == 0.5)
    }

    private func sgd(momentum: Double) throws -> SGD {
        var settings = SGD.Settings()
        settings.momentum = momentum
        return try SGD(groups: adam().groups, settings: settings)
    }

    /// Which tensors belong to a state is said by the hyper-parameters that come with it.
    @Test func hyperparametersAreAdoptedBeforeTensorsAreCompared() throws {
        let source = try sgd(momentum: 0.9)
        source.step()
        var state = try saved(source)
        let target = try sgd(momentum: 0)
        try target.restore(state)
        #expect(target.settings.momentum == 0.9)
        target.step()
        // The gradient with its weight decay, once by the source and once here.
        let buffer = target.state["a"]?["momentum_buffer"]?.floats() ?? []
        #expect(buffer.count == 2 && buffer.allSatisfy { abs($0 - 1.9 * 1.01) < 1e-6 })

        state.tensors.removeLast()
        state.tensors.append(("b.other", .ones([2])))
        let plain = try sgd(momentum: 0)
        plain.step()
        #expect(throws: TuneError.self) { try plain.restore(state) }
        #expect(plain.settings.momentum == 0)
        plain.step()
    }

    /// What does not fit is named, and leaves the optimizer as it was.
    private func expectRefusal(
        _ message: String, by target: Optimizer, _ change: (inout OptimizerState) -> Void,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let source = adam()
        source.step()
        var state = try saved(source)
        change(&state)
        target.step()
        let before = contents(target)
        let rate = target.groups[0].learningRate
        #expect(sourceLocation: sourceLocation) {
            try target.restore(state)
        } throws: {
            "\($0)".contains(message)
        }
        #expect(contents(target) == before, sourceLocation: sourceLocation)
        #expect(target.groups[0].learningRate == rate, sourceLocation: sourceLocation)
    }

    @Test func misfitsAreNamed() throws {
        try expectRefusal("kind SGD", by: adam()) { $0.values["kind"] = "SGD" }
        try expectRefusal("parameter 1 of group 0 is 'b'", by: adam(["a", "c"])) { _ in }
        try expectRefusal("group 0 has 2 parameters", by: adam(["a", "b", "c"])) { _ in }
        try expectRefusal("2 groups", by: adam()) { $0.values["groups"] = [[:], [:]] }
        try expectRefusal(
            "'a.exp_avg' is float32[2], needed is float32[3]", by: adam(["a", "b"], 3)
        ) {
            _ in
        }
        try expectRefusal("'b.exp_avg_sq' is missing", by: adam()) { _ = $0.tensors.popLast() }
        try expectRefusal("'c.exp_avg' belongs to nothing", by: adam()) {
            $0.tensors.append(("c.exp_avg", .ones([2])))
        }
        try expectRefusal("'a.step' appears twice", by: adam()) {
            $0.tensors.append(("a.step", .ones([])))
        }
        try expectRefusal("'b.exp_avg_sq' is float64[2]", by: adam()) {
            $0.tensors[5].1 = $0.tensors[5].1.to(.float64)
        }
        try expectRefusal("'betas'", by: adam()) { $0.values["hyperparameters"] = ["eps": 1] }
        try expectRefusal("'lr'", by: adam()) {
            $0.values["groups"] = [["weight_decay": 0, "params": ["a", "b"]]]
        }
    }

    /// An optimizer of a user's own is saved and restored by the layout it declares.
    @Test func ownOptimizersAreSavedToo() throws {
        final class Counting: TensorwiseOptimizer {
            override func stateLayout(of parameter: Tensor) -> [StateTensor] { [.step()] }
            override func update(_ parameter: ParameterUpdate, of group: ParameterGroup) {
                parameter.parameter.add_(parameter["step"].add_(1), alpha: -group.learningRate)
            }
        }
        let source = Counting(groups: adam().groups)
        for _ in 0..<3 { source.step() }
        let target = Counting(groups: adam().groups)
        try target.restore(saved(source))
        target.step()
        #expect(target.state["a"]?["step"]?.item() == 4)
        #expect(abs(target.parameters[0].tensor.detached().floats()[0] - 0.6) < 1e-6)
    }
}
