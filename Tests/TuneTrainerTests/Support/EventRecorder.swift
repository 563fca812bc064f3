import TuneTrainer

/// Writes down the Python names of events.
final class EventRecorder: TrainerCallback {
    private(set) var events: [String] = []

    func on(_ event: TrainerEvent, _ context: TrainerContext, _ control: inout TrainerControl) {
        events.append(pythonName(event))
    }

    private func pythonName(_ event: TrainerEvent) -> String {
        switch event {
        case .initEnd: "init_end"
        case .trainBegin: "train_begin"
        case .trainEnd: "train_end"
        case .epochBegin: "epoch_begin"
        case .epochEnd: "epoch_end"
        case .stepBegin: "step_begin"
        case .substepEnd: "substep_end"
        case .preOptimizerStep: "pre_optimizer_step"
        case .optimizerStep: "optimizer_step"
        case .stepEnd: "step_end"
        case .evaluate: "evaluate"
        case .predict: "predict"
        case .save: "save"
        case .pushBegin: "push_begin"
        case .log: "log"
        case .predictionStep: "prediction_step"
        }
    }
}
