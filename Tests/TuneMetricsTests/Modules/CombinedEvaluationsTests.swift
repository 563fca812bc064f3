import Testing
import TuneBase
import TuneMetrics

struct CombinedEvaluationsTests {
    @Test func uniqueScoresKeepTheirNames() throws {
        let metrics = try Evaluate.combine(["accuracy", "f1"])
        let result = try metrics.compute(predictions: [0, 1], references: [1, 1])
        #expect("\(result)" == "{'accuracy': 0.5, 'f1': 0.6666666666666666}")
    }

    @Test func equalScoresGetTheMetricsName() throws {
        let metrics = Evaluate.combine([
            try Evaluate.load("glue", "mrpc"), try Evaluate.load("accuracy"),
        ])
        try metrics.addBatch(predictions: [0, 1], references: [1, 1])
        let names = try metrics.compute().names
        #expect(names == ["glue_accuracy", "f1", "accuracy_accuracy"])
    }

    @Test func equalMetricsAreNumbered() throws {
        let metrics = try Evaluate.combine(["accuracy", "accuracy", "recall"])
        try metrics.add(prediction: 1, reference: 1)
        let names = try metrics.compute().names
        #expect(names == ["accuracy_0_accuracy", "accuracy_1_accuracy", "recall"])
    }

    @Test func namesOfYourOwn() throws {
        let metrics = Evaluate.combine(
            ["a": try Evaluate.load("accuracy"), "b": try Evaluate.load("accuracy")],
            forcePrefix: true)
        let result = try metrics.compute(predictions: [1, 0], references: [1, 1])
        #expect(result == ["a_accuracy": 0.5, "b_accuracy": 0.5])
    }

    @Test func optionsGoToEveryMetric() throws {
        let metrics = try Evaluate.combine(["precision", "recall"])
        let result = try metrics.compute(
            predictions: [0, 1, 2], references: [0, 1, 1], .average(.micro))
        #expect(abs((result["precision"] ?? 0) - 2.0 / 3) < 1e-15)
        #expect(result["recall"] == result["precision"])
        let mixed = try Evaluate.combine(["accuracy", "f1"])
        #expect(throws: TuneError.self) {
            try mixed.compute(predictions: [1], references: [1], .average(.micro))
        }
    }
}
