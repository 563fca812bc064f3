import Testing
import TuneBase
import TuneOptim
import TuneTrainer

/// The setters against what Python's change.
@Suite struct TrainingArgumentsSettersTests {
    private func changes(_ method: String, _ base: TrainingArguments, given: Bool) throws
        -> TrainingArguments
    {
        let setters = try #require(golden("arguments")["setters"]?.array)
        let entry = try #require(
            setters.first {
                $0["method"] == .string(method) && ($0["arguments"] != [:]) == given
            })
        var result = base
        try result.update(
            with: #require(entry["changes"]?.object), at: JSONPlace("arguments.json"))
        return result
    }

    /// Compares a setter with values, and without any on arguments that all have other values.
    private func check(
        _ method: String, _ set: (TrainingArguments) -> TrainingArguments,
        _ reset: (TrainingArguments) -> TrainingArguments,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let changed = try changes(method, TrainingArguments("out"), given: true)
        #expect(set(TrainingArguments("out")) == changed, sourceLocation: sourceLocation)
        #expect(changed != TrainingArguments("out"), sourceLocation: sourceLocation)
        #expect(
            try reset(changed) == changes(method, changed, given: false),
            sourceLocation: sourceLocation)
    }

    @Test func training() throws {
        try check(
            "set_training",
            {
                $0.setTraining(
                    learningRate: 1e-4, batchSize: 32, weightDecay: 0.1, numEpochs: 2.5,
                    maxSteps: 7, gradientAccumulationSteps: 2, seed: 1,
                    activationCheckpointing: true)
            }, { $0.setTraining() })
    }

    @Test func evaluation() throws {
        try check(
            "set_evaluate",
            {
                $0.setEvaluate(
                    strategy: .steps, steps: 100, batchSize: 16, accumulationSteps: 3, delay: 2,
                    lossOnly: true)
            }, { $0.setEvaluate() })
        try check(
            "set_testing", { $0.setTesting(batchSize: 32, lossOnly: true) }, { $0.setTesting() })
    }

    @Test func savingAndLogging() throws {
        try check(
            "set_save",
            { $0.setSave(strategy: .epoch, steps: 100, totalLimit: 2, onEachNode: true) },
            { $0.setSave() })
        try check(
            "set_logging",
            {
                $0.setLogging(
                    strategy: .epoch, steps: 10, reportTo: ["tensorboard"], level: .info,
                    firstStep: true, nanInfFilter: true, onEachNode: true, replicaLevel: .error)
            }, { $0.setLogging() })
    }

    @Test func optimization() throws {
        try check(
            "set_optimizer",
            {
                $0.setOptimizer(
                    name: .sgd, learningRate: 1e-3, weightDecay: 0.1, beta1: 0.8, beta2: 0.9,
                    epsilon: 1e-6, args: "momentum=0.9")
            }, { $0.setOptimizer() })
        try check(
            "set_lr_scheduler",
            { $0.setLRScheduler(name: .cosine, numEpochs: 2, maxSteps: 9, warmupSteps: 0.05) },
            { $0.setLRScheduler() })
    }

    @Test func dataLoading() throws {
        try check(
            "set_dataloader",
            {
                $0.setDataloader(
                    trainBatchSize: 16, evalBatchSize: 64, dropLast: true, numWorkers: 2,
                    pinMemory: false, persistentWorkers: true, prefetchFactor: 4, inOrder: false,
                    autoFindBatchSize: true, ignoreDataSkip: true, samplerSeed: 5)
            }, { $0.setDataloader() })
    }

    @Test func callsFollowEachOther() {
        let args = TrainingArguments("out").setTraining(batchSize: 4).setSave(strategy: .no)
        #expect(args.perDeviceTrainBatchSize == 4)
        #expect(args.saveStrategy == .no)
    }
}
