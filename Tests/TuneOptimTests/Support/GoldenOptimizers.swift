import Foundation
import Testing
import TuneBase
import TuneOptim
import TuneTestSupport
import TuneTorch

/// Steps of Python's optimizers, made by `Tools/goldens/optim.py`.
struct GoldenOptimizers {
    private let json: JSONValue

    init() throws {
        json = try JSONValue(contentsOf: URL(fileURLWithPath: fixtures() + "/optimizers.json"))
    }

    /// The cases by what they set.
    func cases() throws -> [JSONValue] { try #require(json["cases"]?.array) }

    /// The number of steps of every case.
    func steps() throws -> Int { try #require(json["gradients"]?.array).count }

    /// An optimizer of a case over parameters with the values from which Python started.
    func optimizer(_ golden: JSONValue) throws -> Optimizer {
        try makeOptimizer(
            OptimizerName(named: try #require(golden["name"]?.string)),
            groups: groups(decay: try #require(golden["weight_decay"]?.double)),
            betas: (0.8, 0.95), epsilon: 1e-6, optimArgs: golden["optim_args"]?.string)
    }

    private func groups(decay: Double) throws -> [ParameterGroup] {
        let decayed = try #require(json["decayed"]?.array).compactMap(\.string)
        let rates = try numbers(json["rates"])
        let all = try #require(json["shapes"]?.object).members.map { name, shape in
            let tensor = Tensor(
                try numbers(json["start"]?[name]).map(Float.init),
                (shape.array ?? []).compactMap(\.int))
            tensor.requiresGrad = true
            return NamedParameter(name, tensor)
        }
        return [
            ParameterGroup(
                all.filter { decayed.contains($0.name) }, learningRate: rates[0],
                weightDecay: decay),
            ParameterGroup(
                all.filter { !decayed.contains($0.name) }, learningRate: rates[1], weightDecay: 0),
        ]
    }

    /// Gives the parameters the gradients of a step, and steps.
    func step(_ optimizer: Optimizer, _ index: Int) throws {
        let gradients = try #require(json["gradients"]?.array)[index]
        for parameter in optimizer.parameters {
            let values = try #require(gradients[parameter.name])
            parameter.tensor.grad =
                values.isNull
                ? nil : Tensor(try numbers(values).map(Float.init), parameter.tensor.shape)
        }
        optimizer.step()
    }

    /// The numbers of an array.
    func numbers(_ value: JSONValue?) throws -> [Double] {
        try #require(value?.array).compactMap(\.double)
    }
}

/// All that an optimizer has led to, by name: parameters and state.
func contents(_ optimizer: Optimizer) -> [String: [Float]] {
    var result: [String: [Float]] = [:]
    for parameter in optimizer.parameters {
        result[parameter.name] = parameter.tensor.detached().floats()
    }
    for (name, tensor) in optimizer.exportedState.tensors { result[name] = tensor.floats() }
    return result
}
