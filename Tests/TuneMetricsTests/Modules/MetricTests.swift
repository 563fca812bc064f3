import Testing
import TuneBase
import TuneMetrics

struct MetricTests {
    /// One metric and several serve alike where only the interface is known.
    @Test func oneMetricAndSeveralAreFedAlike() throws {
        let metrics: [any Metric] = [
            try Evaluate.load("accuracy"), try Evaluate.combine(["accuracy", "f1"]),
        ]
        for metric in metrics {
            try metric.add(prediction: 1, reference: 1)
            try metric.addBatch(predictions: [0], references: [1])
            #expect(try metric.compute()["accuracy"] == 0.5)
            let whole = try metric.compute(predictions: [1.0], references: [1], .sampleWeight([2]))
            #expect(whole["accuracy"] == 1)
        }
    }
}
