import Foundation
import Testing
import TuneBase
import TuneOptim

@Suite struct GoldenScheduleTests {
    private let golden: GoldenSchedules

    init() throws { golden = try GoldenSchedules() }

    /// Equal but for the last place, which cosine and power may round differently elsewhere.
    private func expectClose(
        _ found: [Double], _ wanted: [Double], _ label: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(found.count == wanted.count, "\(label)", sourceLocation: sourceLocation)
        for (a, b) in zip(found, wanted) {
            #expect(
                abs(a - b) <= 1e-15 * abs(b) + 1e-18, "\(label)", sourceLocation: sourceLocation)
        }
    }

    @Test func ratesAtEveryStepAreThoseOfPython() throws {
        let cases = try golden.cases()
        let byMetric = Set(ScheduleName.allCases.filter(\.followsMetric).map(\.rawValue))
        #expect(
            Set(cases.map(\.name)).union(byMetric) == Set(ScheduleName.allCases.map(\.rawValue)))
        for golden in cases {
            let scheduler = try self.golden.scheduler(golden, self.golden.optimizer())
            #expect(!scheduler.followsMetric)
            for (step, rates) in golden.rates.enumerated() {
                #expect(scheduler.lastEpoch == step)
                expectClose(scheduler.lastLearningRates, rates, "\(golden.label) step \(step)")
                scheduler.step(metric: 0)
                scheduler.step()
            }
        }
    }

    @Test func ratesAfterEveryMetricAreThoseOfPython() throws {
        let metrics = try golden.metrics()
        let cases = try golden.metricCases()
        #expect(cases.count == 13)
        #expect(cases.filter { Set($0.rates).count > 1 }.count >= 11)
        for golden in cases {
            let scheduler = try self.golden.scheduler(golden, self.golden.optimizer())
            #expect(scheduler.followsMetric)
            expectClose(scheduler.lastLearningRates, golden.rates[0], golden.label)
            for (index, (metric, rates)) in zip(metrics, golden.rates.dropFirst()).enumerated() {
                scheduler.step()
                scheduler.step(metric: metric)
                expectClose(scheduler.lastLearningRates, rates, "\(golden.label) metric \(index)")
            }
        }
    }

    /// A scheduler that is saved, as text, and restored goes on as one that never stopped.
    @Test func restoredSchedulesGoOnBitEqual() throws {
        let metrics = try golden.metrics()
        for golden in try golden.cases() + golden.metricCases() {
            for stop in 0..<golden.rates.count {
                let first = try self.golden.scheduler(golden, self.golden.optimizer())
                let second = try self.golden.scheduler(golden, self.golden.optimizer())
                func advance(_ scheduler: LRScheduler, _ steps: Range<Int>) {
                    for step in steps {
                        scheduler.step()
                        scheduler.step(metric: metrics[step % metrics.count])
                    }
                }
                advance(first, 0..<stop)
                let text = JSONValue.object(first.exportedState).serialized()
                let saved = try JSONValue(parsing: .init(text.utf8), source: "scheduler.json")
                try second.restore(try #require(saved.object))
                #expect(second.lastLearningRates == first.lastLearningRates)
                advance(first, stop..<golden.rates.count)
                advance(second, stop..<golden.rates.count)
                #expect(second.exportedState == first.exportedState, "\(golden.label)")
            }
        }
    }
}
