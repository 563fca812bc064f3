import FineTuneKit
import Foundation

/// NaN and infinities in parameters, gradients, losses, inputs, and the optimizer's state.
struct NonFiniteNumbers {
    private enum Place: CaseIterable { case parameter, optimizerState, gradient, loss, input }

    /// Runs with as many bad numbers, in turn at each kind of place.
    func callAsFunction(_ count: Int) throws -> Tally {
        var tally = Tally("a number becomes NaN or infinite")
        let names = try TinyModel(seed: 0).namedParameters().map(\.name)
        for index in 0..<count {
            let place = Place.allCases[index % Place.allCases.count]
            let name = names[index / Place.allCases.count % names.count]
            try withScratch { directory in
                try check(directory, place, name, [.nan, .infinity][index % 2], &tally)
            }
        }
        return tally
    }

    private func check(
        _ directory: String, _ place: Place, _ name: String, _ value: Double, _ tally: inout Tally
    ) throws {
        let step = Int.random(in: 2...8)
        var run = TinyRun(directory: directory)
        let metStep = Box(step)
        switch place {
        case .parameter:
            run.callbacks = [spoil(step, at: .stepEnd, value) { parameter($0, name) }]
        case .gradient:
            run.callbacks = [
                spoil(step - 1, at: .preOptimizerStep, value) { parameter($0, name)?.grad }
            ]
        case .optimizerState:
            run.callbacks = [spoil(step, at: .stepEnd, value) { moment($0, of: name) }]
        case .loss: run.badLoss = (step, value)
        case .input:
            run.badRow = Int.random(in: 0..<64)
            run.change = { $0.loggingSteps = 1 }
            run.callbacks = [
                Disturbance(at: .stepBegin) { metStep.value = $0.state.globalStep + 1 }
            ]
        }
        let trainer = try run.trainer()
        let result = Result { try trainer.train() }
        tally["places"] += 1
        guard case .failure(let error as TuneError) = result else {
            tally.expect(false, "\(place) \(name) = \(value) at step \(step): not detected")
            return
        }
        let isInTime = trainer.state.globalStep <= metStep.value + 1
        tally["detected within a step"] += isInTime ? 1 : 0
        let wanted = place == .loss ? "loss" : place == .input ? "'strength'" : "'\(name)"
        let isNamed = error.message.contains(wanted)
        tally["named"] += isNamed ? 1 : 0
        let isClean = try holdsFiniteNumbers(directory)
        tally["without a bad checkpoint"] += isClean ? 1 : 0
        tally.expect(
            isInTime && isNamed && isClean,
            "\(place) \(name) = \(value) at step \(step): \(error.message)")
    }

    /// Sets a number in the middle of a tensor.
    private func spoil(
        _ step: Int, at moment: Disturbance.Moment, _ value: Double,
        _ find: @escaping (TrainerContext) -> Tensor?
    ) -> Disturbance {
        Disturbance(after: step, at: moment) { context in
            guard let tensor = find(context) else { return }
            withoutGradients {
                var values = tensor.floats()
                values[values.count / 2] = Float(value)
                _ = tensor.copy_(Tensor(values, tensor.shape))
            }
        }
    }

    private func parameter(_ context: TrainerContext, _ name: String) -> Tensor? {
        context.model.namedParameters().first { $0.name == name }?.tensor
    }

    private func moment(_ context: TrainerContext, of name: String) -> Tensor? {
        let suffix = Bool.random() ? ".exp_avg" : ".exp_avg_sq"
        return context.optimizer?.exportedState.tensors.first { $0.0 == name + suffix }?.1
    }

    /// Whether every number of every checkpoint is finite.
    private func holdsFiniteNumbers(_ directory: String) throws -> Bool {
        try savedSteps(directory).allSatisfy { step in
            try ["model", "optimizer"].allSatisfy { name in
                let file = "\(directory)/checkpoint-\(step)/\(name).safetensors"
                let content = try SafetensorsFile(contentsOf: URL(fileURLWithPath: file))
                return try content.names.allSatisfy { name in
                    try content.tensor(name).floats().allSatisfy(\.isFinite)
                }
            }
        }
    }
}
