import Testing
import TuneOptim
import TuneTorch

@Suite struct SchedulesTests {
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
}
