import Foundation
import Testing
import TuneBase
import TuneBatching
import TuneDatasets
import TuneMetrics
import TuneNN
import TuneOptim
import TuneTestSupport
import TuneTorch
import TuneTrainer

extension Trainings {
    @Suite struct PolicyTests {
        /// What noisy embeddings return, made by `Tools/goldens/policies.py`.
        @Test func noiseIsThatOfPython() throws {
            for expected in try #require(try golden("policies")["noise"]?.array) {
                try withSharedRandomness {
                    let embedding = Embedding(32, 6)
                    let weight = try #require(expected["weight"]).flatNumbers.map { Float($0) }
                    withoutGradients { _ = embedding.weight.copy_(Tensor(weight, [32, 6])) }
                    embedding.noiseStrength = try #require(expected["alpha"]?.double)
                    let shape = try #require(expected["shape"]?.array).compactMap(\.int)
                    let ids = try #require(expected["ids"]?.array).compactMap(\.int)
                    manualSeed(7)
                    let output = embedding(Tensor(ids, shape))
                    let wanted = try #require(expected["output"]).flatNumbers
                    for (a, b) in zip(output.doubles(), wanted) { #expect(abs(a - b) < 1e-6) }
                    embedding.eval()
                    let plain = embedding(Tensor(ids, shape)).floats()
                    #expect(plain[..<6] == weight[(ids[0] * 6)..<(ids[0] * 6 + 6)])
                }
            }
        }

        @Test func noiseNeedsEmbeddingsAndEndsWithTheTraining() throws {
            try withTemporaryDirectory { directory in
                var args = arguments(directory)
                args.neftuneNoiseAlpha = 5
                let plain = try trainer(ToyClassifier(), args)
                #expect(throws: TuneError.self) { try plain.train() }
                let model = EmbeddedToy()
                try trainer(model, args).train()
                #expect(model.embedding.noiseStrength == nil)
            }
        }

        @Test func tokensAreCountedWithMaskOrPaddingToken() {
            let ids = HostTensor([5, 6, 0, 7, 0, 0], shape: [2, 3])
            let mask = HostTensor([1, 1, 0, 1, 0, 0], shape: [2, 3])
            let (plain, masked) = (
                HostBatch(["input_ids": ids]),
                HostBatch(["input_ids": ids, "attention_mask": mask])
            )
            #expect(InputTokenCount(.no)(masked) == 0)
            #expect(InputTokenCount(.all)(masked) == 6)
            #expect(InputTokenCount(.nonPadding)(masked) == 3)
            #expect(InputTokenCount(.nonPadding, paddingID: 0)(plain) == 3)
            #expect(InputTokenCount(.nonPadding)(plain) == 6)
        }

        @Test func memoryOfStagesHasPythonsNames() throws {
            try withTemporaryDirectory { directory in
                var args = arguments(directory)
                args.skipMemoryMetrics = false
                let trainer = try trainer(ToyClassifier(), args)
                let names = try trainer.train().metrics.names.filter { $0.contains("mem") }
                #expect(
                    names == [
                        "init_mem_cpu_alloc_delta", "init_mem_cpu_peaked_delta",
                        "train_mem_cpu_alloc_delta", "train_mem_cpu_peaked_delta",
                        "before_init_mem_cpu",
                    ])
                let evaluated = try trainer.evaluate(toyData(6))
                #expect(evaluated["eval_mem_cpu_peaked_delta"].map { $0 >= 0 } == true)
                #expect(evaluated["before_init_mem_cpu"] == nil)
                #expect(trainer.logHistory.last?["eval_mem_cpu_alloc_delta"] == nil)
            }
        }

        @Test func memoryThatIsTakenShows() throws {
            let tracker = MemoryTracker(isActive: true)
            tracker.start(.train)
            tracker.start(.evaluation)
            #expect(tracker.stop(.evaluation) == [:])
            let kept = [UInt8](repeating: 1, count: 64 << 20)
            let metrics = tracker.stop(.train)
            #expect(kept.last == 1)
            #expect(try #require(metrics["train_mem_cpu_alloc_delta"]) > Double(32 << 20))
        }

        /// Both trainings begin with the same model and draw the same numbers.
        @Test func aModelThatIsMadeAnewTrainsAnew() throws {
            try withTemporaryDirectory { directory in
                var made = 0
                let trainer = try Trainer(
                    args: arguments(directory), trainDataset: toyData(16),
                    modelInit: {
                        made += 1
                        return DrawnToy()
                    }, console: QuietConsole().console)
                let first = try trainer.train()
                let weights = trainer.model.parameters().flatMap { $0.floats() }
                let second = try trainer.train()
                #expect(made == 3)
                #expect(first.trainingLoss == second.trainingLoss)
                #expect(trainer.model.parameters().flatMap { $0.floats() } == weights)
            }
        }

        @Test func contradictionsAreRefused() throws {
            try withTemporaryDirectory { directory in
                let (args, data) = (arguments(directory), try toyData(8))
                let model = ToyClassifier()
                let optimizer = AdamW([NamedParameter](), learningRate: 1)
                #expect(throws: TuneError.self) { try Trainer(args: args) }
                #expect(throws: TuneError.self) {
                    try Trainer(model: model, args: args, modelInit: { model })
                }
                #expect(throws: TuneError.self) {
                    try Trainer(args: args, modelInit: { model }, optimizers: (optimizer, nil))
                }
                #expect(throws: TuneError.self) {
                    try Trainer(
                        model: model, args: args, optimizers: (optimizer, nil),
                        optimizerFactory: { _ in optimizer })
                }
                #expect(throws: TuneError.self) {
                    try Trainer(model: model, args: args, trainDataset: data.toIterableDataset())
                }
                #expect(throws: TuneError.self) {
                    try Trainer(model: model, args: args, computeBatchMetrics: { _, _ in [:] })
                }
                var streaming = args
                streaming.batchEvalMetrics = true
                #expect(throws: TuneError.self) {
                    try Trainer(model: model, args: streaming, computeMetrics: { _ in [:] })
                }
                var best = args
                (best.evalStrategy, best.metricForBestModel) = (.epoch, "loss")
                let error = #expect(throws: TuneError.self) {
                    try Trainer(model: model, args: best, evalDatasets: ["a": data, "b": data])
                }
                #expect(error?.message.contains("eval_a_loss") == true)
            }
        }

        @Test func severalEvaluationSetsMayBeMadeAtRunTime() throws {
            try withTemporaryDirectory { directory in
                let (first, second) = (try toyData(6), try toyData(5))
                let trainer = try Trainer(
                    model: ToyClassifier(), args: arguments(directory),
                    evalDatasets: DatasetDict(zip(["z", "a"], [first, second])),
                    console: QuietConsole().console)
                let all = try trainer.evaluate()
                #expect(all["eval_z_loss"] != nil && all["eval_a_loss"] != nil)
                let rows = trainer.logHistory.map(\.keys)
                #expect(rows.count == 2)
                #expect(rows[0].contains("eval_z_loss") && rows[1].contains("eval_a_loss"))
                let others = try trainer.evaluate(
                    DatasetDict(sorting: ["q": first, "p": second]), metricKeyPrefix: "x")
                #expect(others["x_q_loss"] == all["eval_z_loss"])
                #expect(others["x_p_loss"] == all["eval_a_loss"])
                #expect(try trainer.evaluate(["one": first])["eval_one_loss"] != nil)
                #expect(throws: TuneError.self) { try trainer.evaluate(DatasetDict()) }
            }
        }

        @Test func evaluationSetsNeedDifferentNames() throws {
            try withTemporaryDirectory { directory in
                let (args, data) = (arguments(directory), try toyData(6))
                let model = ToyClassifier()
                let twice = #expect(throws: TuneError.self) {
                    try Trainer(model: model, args: args, evalDatasets: ["a": data, "a": data])
                }
                #expect(twice?.message == "Two evaluation sets have the name 'a'.")
                let trainer = try Trainer(
                    model: model, args: args, console: QuietConsole().console)
                #expect(throws: TuneError.self) { try trainer.evaluate(["a": data, "a": data]) }
                let both = #expect(throws: TuneError.self) {
                    try Trainer(
                        model: model, args: args, evalDataset: data, evalDatasets: ["a": data])
                }
                #expect(both?.message == "Trainer got both evalDataset and evalDatasets.")
            }
        }

        @Test func aFactoryMakesTheOptimizer() throws {
            try withTemporaryDirectory { directory in
                let trainer = try Trainer(
                    model: ToyClassifier(), args: arguments(directory), trainDataset: toyData(8),
                    optimizerFactory: { try SGD(groups: $0) }, console: QuietConsole().console)
                #expect(throws: TuneError.self) { try trainer.getLearningRates() }
                try trainer.train()
                #expect(trainer.optimizer is SGD)
                #expect(try trainer.getLearningRates().count == 2)
                #expect(try trainer.getOptimizerGroup(trainer.model.parameters()[0]).count == 1)
            }
        }

        @Test func helpersCount() throws {
            try withTemporaryDirectory { directory in
                let model = ToyClassifier()
                let trainer = try trainer(model, arguments(directory))
                #expect(trainer.getNumTrainableParameters() == model.parameterCount())
                #expect(
                    trainer.getDecayParameterNames() == [
                        "embedding.weight", "hidden.weight", "classifier.weight",
                    ])
                #expect(trainer.getTotalTrainBatchSize() == 8)
                #expect(trainer.numExamples(try trainer.getTrainDataloader()) == 16)
                #expect(trainer.isWorldProcessZero && trainer.isLocalProcessZero)
            }
        }

        @Test func deterministicKernelsAreAskedFor() throws {
            defer { TorchRuntime.usesDeterministicAlgorithms = false }
            try withTemporaryDirectory { directory in
                var args = arguments(directory)
                (args.fullDeterminism, args.tf32, args.torchEmptyCacheSteps) = (true, false, 1)
                try trainer(ToyClassifier(), args).train()
                #expect(TorchRuntime.usesDeterministicAlgorithms)
            }
        }

        private func arguments(_ directory: String) -> TrainingArguments {
            TrainingArguments(
                directory, numTrainEpochs: 1, useCPU: true, disableTqdm: true, saveStrategy: .no)
        }

        private func trainer(
            _ model: any TrainableModel, _ args: TrainingArguments
        ) throws -> Trainer {
            try Trainer(
                model: model, args: args, trainDataset: toyData(16),
                console: QuietConsole().console)
        }
    }
}

/// A toy whose weights are drawn from the generator as it stands.
private final class DrawnToy: ToyClassifier {
    init() {
        super.init()
        withoutGradients { resetAllParameters() }
    }
}
