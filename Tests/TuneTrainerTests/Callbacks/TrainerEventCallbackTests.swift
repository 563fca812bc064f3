import Testing
import TuneBase
import TuneMetrics
import TuneTestSupport
import TuneTrainer

extension Trainings {
    @Suite struct TrainerEventCallbackTests {
        /// Every event reaches its method, in the order in which `on` hears of them.
        @Test func everyEventHasItsMethod() throws {
            try withTemporaryDirectory { directory in
                let (methods, events) = (MethodRecorder(), EventRecorder())
                let trainer = try Trainer(
                    model: ToyClassifier(),
                    args: TrainingArguments(
                        directory, maxSteps: 3, perDeviceTrainBatchSize: 4,
                        gradientAccumulationSteps: 2, useCPU: true, loggingSteps: 1,
                        disableTqdm: true, evalStrategy: .steps, evalSteps: 2),
                    trainDataset: toyData(16), evalDataset: toyData(8),
                    callbacks: [methods, events], console: QuietConsole().console)
                try trainer.train()
                _ = try trainer.predict(toyData(8))
                #expect(methods.calls == events.events)
                #expect(Set(methods.calls).count == 15)
                #expect(methods.evaluations.allSatisfy { $0["eval_loss"] != nil })
                #expect(methods.evaluations.count == 2)
                #expect(methods.rows.first?["loss"] != nil)
            }
        }

        /// Methods that are not written do nothing; those that are steer.
        @Test func oneMethodIsEnough() throws {
            struct StopAfterTwo: TrainerEventCallback {
                func onStepEnd(_ context: TrainerContext, _ control: inout TrainerControl) {
                    control.shouldTrainingStop = context.state.globalStep == 2
                }
            }
            try withTemporaryDirectory { directory in
                let trainer = try Trainer(
                    model: ToyClassifier(),
                    args: TrainingArguments(
                        directory, maxSteps: 5, useCPU: true, disableTqdm: true, saveStrategy: .no),
                    trainDataset: toyData(64), callbacks: [StopAfterTwo()],
                    console: QuietConsole().console)
                #expect(try trainer.train().globalStep == 2)
            }
        }
    }
}

/// Writes down the Python names of the methods that are called.
private final class MethodRecorder: TrainerEventCallback {
    private(set) var calls: [String] = []
    private(set) var evaluations: [MetricResult] = []
    private(set) var rows: [JSONObject] = []

    func onInitEnd(_: TrainerContext, _: inout TrainerControl) { calls.append("init_end") }
    func onTrainBegin(_: TrainerContext, _: inout TrainerControl) { calls.append("train_begin") }
    func onTrainEnd(_: TrainerContext, _: inout TrainerControl) { calls.append("train_end") }
    func onEpochBegin(_: TrainerContext, _: inout TrainerControl) { calls.append("epoch_begin") }
    func onEpochEnd(_: TrainerContext, _: inout TrainerControl) { calls.append("epoch_end") }
    func onStepBegin(_: TrainerContext, _: inout TrainerControl) { calls.append("step_begin") }
    func onSubstepEnd(_: TrainerContext, _: inout TrainerControl) { calls.append("substep_end") }
    func onPreOptimizerStep(_: TrainerContext, _: inout TrainerControl) {
        calls.append("pre_optimizer_step")
    }
    func onOptimizerStep(_: TrainerContext, _: inout TrainerControl) {
        calls.append("optimizer_step")
    }
    func onStepEnd(_: TrainerContext, _: inout TrainerControl) { calls.append("step_end") }
    func onSave(_: TrainerContext, _: inout TrainerControl) { calls.append("save") }
    func onPredictionStep(_: TrainerContext, _: inout TrainerControl) {
        calls.append("prediction_step")
    }
    func onEvaluate(_ metrics: MetricResult, _: TrainerContext, _: inout TrainerControl) {
        calls.append("evaluate")
        evaluations.append(metrics)
    }
    func onPredict(_ metrics: MetricResult, _: TrainerContext, _: inout TrainerControl) {
        calls.append("predict")
    }
    func onLog(_ logs: JSONObject, _: TrainerContext, _: inout TrainerControl) {
        calls.append("log")
        rows.append(logs)
    }
}
