import Testing
import TuneBase
import TuneOptim
import TuneTorch

@Suite struct GetSchedulerTests {
    private func rates(_ name: String, warmup: Int, total: Int, steps: Int) throws -> [Double] {
        let weight = Tensor.zeros([1])
        let optimizer = AdamW([NamedParameter("weight", weight)], learningRate: 2)
        let scheduler = try getScheduler(
            name, optimizer: optimizer, numWarmupSteps: warmup, numTrainingSteps: total)
        return (0..<steps).map { _ in
            defer { scheduler.step() }
            return scheduler.lastLearningRates[0]
        }
    }

    @Test func linearFallsToZero() throws {
        #expect(try rates("linear", warmup: 0, total: 4, steps: 6) == [2, 1.5, 1, 0.5, 0, 0])
    }

    @Test func warmupRises() throws {
        #expect(try rates("linear", warmup: 2, total: 4, steps: 5) == [0, 1, 2, 1, 0])
        #expect(
            try rates("constant_with_warmup", warmup: 2, total: 4, steps: 5) == [0, 1, 2, 2, 2])
    }

    @Test func cosineHalves() throws {
        let rates = try rates("cosine", warmup: 0, total: 4, steps: 5)
        #expect(abs(rates[2] - 1) < 1e-12)
        #expect(abs(rates[4]) < 1e-12)
    }

    @Test func unknownNameSuggests() {
        #expect {
            _ = try rates("liner", warmup: 0, total: 1, steps: 1)
        } throws: {
            "\($0)".contains("Did you mean 'linear'?")
        }
    }

    /// The functions of Python's names make the schedules of `getScheduler`.
    @Test func namedFunctionsAreTheSchedules() throws {
        func optimizer() -> AdamW {
            AdamW([NamedParameter("weight", .zeros([1]))], learningRate: 2)
        }
        func same(
            _ made: LRScheduler, _ name: String, _ kwargs: JSONObject = [:], warmup: Int = 3
        ) throws {
            let wanted = try getScheduler(
                name, optimizer: optimizer(), numWarmupSteps: warmup, numTrainingSteps: 20,
                schedulerSpecificKwargs: kwargs)
            for step in 0..<20 {
                #expect(made.lastLearningRates == wanted.lastLearningRates, "\(name), \(step)")
                made.step()
                wanted.step()
            }
        }
        try same(getConstantSchedule(optimizer()), "constant", warmup: 0)
        try same(
            getConstantScheduleWithWarmup(optimizer(), numWarmupSteps: 3), "constant_with_warmup")
        try same(
            getLinearScheduleWithWarmup(optimizer(), numWarmupSteps: 3, numTrainingSteps: 20),
            "linear")
        try same(
            getCosineScheduleWithWarmup(
                optimizer(), numWarmupSteps: 3, numTrainingSteps: 20, numCycles: 1.5),
            "cosine", ["num_cycles": 1.5])
        try same(
            getCosineWithHardRestartsScheduleWithWarmup(
                optimizer(), numWarmupSteps: 3, numTrainingSteps: 20, numCycles: 2),
            "cosine_with_restarts", ["num_cycles": 2])
        try same(
            getPolynomialDecayScheduleWithWarmup(
                optimizer(), numWarmupSteps: 3, numTrainingSteps: 20, lrEnd: 0.1, power: 2),
            "polynomial", ["lr_end": 0.1, "power": 2])
        try same(getInverseSqrtSchedule(optimizer(), numWarmupSteps: 3), "inverse_sqrt")
        try same(
            getInverseSqrtSchedule(optimizer(), numWarmupSteps: 3, timescale: 7), "inverse_sqrt",
            ["timescale": 7])
    }

    private func message(_ name: ScheduleName, _ kwargs: JSONObject) -> String {
        do {
            try name.check(kwargs: kwargs, learningRate: 0.01)
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test func unknownArgumentsNameTheNearest() {
        #expect(message(.cosine, ["num_cycle": 1]).contains("Did you mean 'num_cycles'?"))
        #expect(message(.linear, ["num_cycles": 1]).contains("It takes none."))
        #expect(message(.greedy, ["verbose": true]).contains("takes no argument 'verbose'"))
    }

    @Test func missingArgumentsAreErrors() {
        #expect(message(.warmupStableDecay, [:]).contains("no 'num_decay_steps'"))
        #expect(message(.cosineWithMinLR, [:]).contains("one of min_lr and min_lr_rate"))
        #expect(
            message(.cosineWarmupWithMinLR, ["min_lr": 0, "min_lr_rate": 0]).contains("needs one"))
        #expect {
            _ = try getScheduler("linear", optimizer: Optimizer(groups: []))
        } throws: {
            "\($0)".contains("numTrainingSteps")
        }
        #expect {
            _ = try getScheduler(
                .warmupStableDecay, optimizer: Optimizer(groups: []),
                schedulerSpecificKwargs: ["num_decay_steps": 3])
        } throws: {
            "\($0)".contains("num_stable_steps")
        }
    }

    @Test func impossibleValuesAreRefused() {
        #expect(message(.cosine, ["num_cycles": "two"]).contains("a number is needed"))
        #expect(message(.cosine, ["num_cycles": .double(.nan)]).contains("finite"))
        #expect(message(.cosineWithRestarts, ["num_cycles": -1]).contains("0 or more"))
        #expect(message(.polynomial, ["lr_end": 0.01]).contains("less than 0.01"))
        #expect(message(.inverseSqrt, ["timescale": 0]).contains("more than 0"))
        #expect(
            message(.warmupStableDecay, ["num_decay_steps": 1, "decay_type": "log"])
                .contains("'linear', 'cosine', '1-sqrt'"))
        #expect(message(.warmupStableDecay, ["num_decay_steps": -1]).contains("0 or more"))
        #expect(message(.reduceLROnPlateau, ["factor": 1]).contains("less than 1"))
        #expect(message(.reduceLROnPlateau, ["mode": "best"]).contains("'min', 'max'"))
        #expect(message(.reduceLROnPlateau, ["min_lr": [1, 2]]).contains("each of 1 groups"))
        #expect(message(.greedy, ["threshold_mode": "x"]).contains("'rel', 'abs'"))
        #expect(message(.greedy, ["window_size": 0]).contains("1 or more"))
        #expect(message(.greedy, ["smooth": 1]).contains("boolean"))
    }

    /// Where Python divides by zero.
    @Test func warmupMayLastToTheEnd() throws {
        #expect(try rates("polynomial", warmup: 2, total: 2, steps: 3) == [0, 1, 2])
    }
}
