import FineTuneKit

/// Notes learning rates of steps, steps of checkpoints, and events by a letter each.
final class TrainingNotes: TrainerCallback {
    private(set) var events = ""
    private(set) var learningRates: [Double] = []
    private(set) var savedSteps: [Int] = []

    /// The notes so far, which do not change any more.
    var snapshot: TrainingNotes {
        let copy = TrainingNotes()
        (copy.events, copy.learningRates, copy.savedSteps) = (events, learningRates, savedSteps)
        return copy
    }

    func on(_ event: TrainerEvent, _ context: TrainerContext, _ control: inout TrainerControl) {
        events += letter(event)
        switch event {
        case .preOptimizerStep:
            if let group = context.optimizer?.groups.first {
                learningRates.append(group.learningRate)
            }
        case .save: savedSteps.append(context.state.globalStep)
        default: break
        }
    }

    private func letter(_ event: TrainerEvent) -> String {
        switch event {
        case .initEnd: "i"
        case .trainBegin: "T"
        case .trainEnd: "t"
        case .epochBegin: "E"
        case .epochEnd: "e"
        case .stepBegin: "S"
        case .substepEnd: "b"
        case .preOptimizerStep: "o"
        case .optimizerStep: "O"
        case .stepEnd: "s"
        case .evaluate: "v"
        case .predict: "p"
        case .save: "c"
        case .pushBegin: "h"
        case .log: "l"
        case .predictionStep: "."
        }
    }
}
