import Foundation
import Testing
import TuneBase
import TuneBatching
import TuneDatasets
import TuneMetrics
import TuneNN
import TuneOptim
import TuneTorch
import TuneTrainer

extension Trainings {
    /// What users of Python's Trainer override can be overridden from another module, and is called.
    @Suite struct SubclassTests {
        final class OwnTrainer: Trainer {
            private(set) var called: Set<String> = []

            override func computeLoss(
                _ inputs: TensorBatch, numItemsInBatch: Int?
            ) throws -> ModelOutput {
                called.insert("computeLoss")
                return try super.computeLoss(inputs, numItemsInBatch: numItemsInBatch)
            }

            override var lossIsScaledForUpdate: Bool? {
                called.insert("lossIsScaledForUpdate")
                return super.lossIsScaledForUpdate
            }

            override func trainingStep(_ inputs: TensorBatch, scale: LossScale) throws -> Double {
                called.insert("trainingStep")
                return try super.trainingStep(inputs, scale: scale)
            }

            override func predictionStep(
                _ inputs: TensorBatch, predictionLossOnly: Bool, ignoreKeys: [String]
            ) throws -> PredictionStepOutput {
                called.insert("predictionStep")
                return try super.predictionStep(
                    inputs, predictionLossOnly: predictionLossOnly, ignoreKeys: ignoreKeys)
            }

            override func evaluationLoop(
                _ loader: DataLoader, description: String, predictionLossOnly: Bool,
                ignoreKeys: [String], metricKeyPrefix: String
            ) throws -> EvalLoopOutput {
                called.insert("evaluationLoop \(description)")
                return try super.evaluationLoop(
                    loader, description: description, predictionLossOnly: predictionLossOnly,
                    ignoreKeys: ignoreKeys, metricKeyPrefix: metricKeyPrefix)
            }

            override func evaluate(
                _ dataset: Dataset?, ignoreKeys: [String], metricKeyPrefix: String
            ) throws -> MetricResult {
                called.insert("evaluate")
                return try super.evaluate(
                    dataset, ignoreKeys: ignoreKeys, metricKeyPrefix: metricKeyPrefix)
            }

            override func predict(
                _ dataset: Dataset, ignoreKeys: [String], metricKeyPrefix: String
            ) throws -> PredictionOutput {
                called.insert("predict")
                return try super.predict(
                    dataset, ignoreKeys: ignoreKeys, metricKeyPrefix: metricKeyPrefix)
            }

            override func getTrainDataloader() throws -> any BatchLoader {
                called.insert("getTrainDataloader")
                return try super.getTrainDataloader()
            }

            override func getEvalDataloader(_ dataset: Dataset?) throws -> DataLoader {
                called.insert("getEvalDataloader")
                return try super.getEvalDataloader(dataset)
            }

            override func getTestDataloader(_ dataset: Dataset) throws -> DataLoader {
                called.insert("getTestDataloader")
                return try super.getTestDataloader(dataset)
            }

            override func getTrainSampler(_ dataset: Dataset) throws -> any Sampler {
                called.insert("getTrainSampler")
                return try super.getTrainSampler(dataset)
            }

            override func getEvalSampler(_ dataset: Dataset) throws -> any Sampler {
                called.insert("getEvalSampler")
                return try super.getEvalSampler(dataset)
            }

            override func numExamples(_ loader: any BatchLoader) -> Int {
                called.insert("numExamples")
                return super.numExamples(loader)
            }

            override func createOptimizerAndScheduler(
                numTrainingSteps: Int
            ) throws -> (optimizer: Optimizer, scheduler: LRScheduler) {
                called.insert("createOptimizerAndScheduler")
                return try super.createOptimizerAndScheduler(numTrainingSteps: numTrainingSteps)
            }

            override func createOptimizer() throws -> Optimizer {
                called.insert("createOptimizer")
                return try super.createOptimizer()
            }

            override func createScheduler(
                numTrainingSteps: Int, optimizer: Optimizer
            ) throws -> LRScheduler {
                called.insert("createScheduler")
                return try super.createScheduler(
                    numTrainingSteps: numTrainingSteps, optimizer: optimizer)
            }

            override func getDecayParameterNames() -> [String] {
                called.insert("getDecayParameterNames")
                return ["hidden.weight"]
            }

            override func floatingPointOps(_ inputs: TensorBatch) -> Double {
                called.insert("floatingPointOps")
                return 7
            }

            override func log(_ logs: JSONObject, startTime: Double?) throws {
                called.insert("log")
                try super.log(logs, startTime: startTime)
            }

            override func saveModel(_ directory: String?) throws {
                called.insert("saveModel")
                try super.saveModel(directory)
                try writeFileAtomically(
                    (directory.map { URL(fileURLWithPath: $0) } ?? outputURL)
                        .appendingPathComponent("adapter.txt"), "of the subclass")
            }
        }

        private static let hooks: Set<String> = [
            "computeLoss", "lossIsScaledForUpdate", "trainingStep", "predictionStep",
            "evaluationLoop Evaluation", "evaluationLoop Prediction", "evaluate", "predict",
            "getTrainDataloader", "getEvalDataloader", "getTestDataloader", "getTrainSampler",
            "getEvalSampler", "numExamples", "createOptimizerAndScheduler", "createOptimizer",
            "createScheduler", "getDecayParameterNames", "floatingPointOps", "log", "saveModel",
        ]

        private func trainer(_ directory: String) throws -> OwnTrainer {
            try OwnTrainer(
                model: ToyClassifier(),
                args: TrainingArguments(
                    directory, maxSteps: 3, perDeviceTrainBatchSize: 4, weightDecay: 0.1,
                    useCPU: true, loggingSteps: 1, disableTqdm: true, evalStrategy: .steps,
                    evalSteps: 3, saveSteps: 3),
                trainDataset: toyData(12), evalDataset: toyData(5),
                console: QuietConsole().console)
        }

        @Test func everyHookIsCalled() throws {
            try withTemporaryDirectory { directory in
                let trainer = try trainer(directory)
                try trainer.train()
                _ = try trainer.predict(toyData(5), ignoreKeys: [], metricKeyPrefix: "test")
                #expect(trainer.called == Self.hooks)
                #expect(trainer.state.totalFlos == 21)
                let decayed = trainer.optimizer?.groups.first?.parameters.map(\.name)
                #expect(decayed == ["hidden.weight"])
            }
        }

        @Test func whatASubclassSavesBelongsToTheCheckpoint() throws {
            try withTemporaryDirectory { directory in
                let trainer = try trainer(directory)
                try trainer.train()
                let url = URL(fileURLWithPath: directory)
                let search = try CheckpointStore.open(url).newestValid()
                let files = search.newest?.manifest.files.map(\.path) ?? []
                #expect(files.contains("adapter.txt"))
                #expect(files.contains("model.safetensors"))
            }
        }
    }
}
