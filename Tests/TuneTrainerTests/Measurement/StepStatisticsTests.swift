import Testing
import TuneTrainer

@Suite struct StepStatisticsTests {
    private let work = LinearWork(weightsPerToken: 100, weightsPerRow: 10)

    private func steps(_ seconds: [Double], tokens: [Int]) -> [StepMeasurement] {
        zip(seconds, tokens).enumerated().map { index, step in
            StepMeasurement(
                step: index + 1, time: 0, seconds: step.0, dataWait: step.0 / 8, rows: 2,
                tokens: step.1)
        }
    }

    @Test func warmUpDoesNotCount() throws {
        let measured = steps([8, 4, 0.5, 0.25, 1], tokens: [1, 1, 10, 20, 10])
        let figures = try #require(StepStatistics(measured, warmUp: 2, work: work))
        #expect(figures.steps == 3)
        #expect(figures.stepsPerSecond == 2)
        #expect(figures.tokensPerStep == 10)
        #expect(figures.tokensPerSecond == 20)
        #expect(figures.dataWait == 0.0625)
        #expect(figures.operationsPerSecond == 6 * (100 * 10 + 10 * 2) / 0.5)
    }

    @Test func nothingIsLeft() {
        #expect(StepStatistics(steps([1], tokens: [1]), warmUp: 1, work: work) == nil)
        #expect(StepStatistics([], warmUp: 0, work: work) == nil)
    }

    @Test func middleOfAnEvenNumber() {
        #expect(median([4, 1, 3, 2]) == 2.5)
        #expect(median([5]) == 5)
        #expect(median([]) == 0)
    }
}
