import Testing
import TuneBase
import TuneMetrics

struct MetricResultTests {
    @Test func keepsTheOrderOfScores() {
        var result: MetricResult = ["loss": 0.25, "accuracy": 1]
        result["f1"] = .nan
        result["loss"] = 1e-7
        #expect("\(result)" == "{'loss': 1e-07, 'accuracy': 1.0, 'f1': nan}")
        result["loss"] = nil
        #expect(result.names == ["accuracy", "f1"])
        #expect(result["loss"] == nil)
    }

    @Test func mergingReplacesInPlaceAndAppends() {
        let merged = (["a": 1, "b": 2] as MetricResult).merging(["b": 3, "c": 4])
        #expect(merged == ["a": 1, "b": 3, "c": 4])
        #expect(merged != ["b": 3, "a": 1, "c": 4])
        #expect(merged.prefixed("eval_").names == ["eval_a", "eval_b", "eval_c"])
    }

    @Test func scoresForEachLabel() throws {
        let result = try Evaluate.load("f1").compute(
            predictions: [0, 2, 1, 0, 0, 1], references: [0, 1, 2, 0, 1, 2], .average(.none))
        #expect(result.perLabel("f1") == [0.8, 0, 0])
        #expect(result["f1"] == nil)
        #expect(result.scores.isEmpty)
        #expect("\(result)" == "{'f1': [0.8, 0.0, 0.0]}")
        #expect(JSONValue.object(result.asJSON).serialized() == #"{"f1": [0.8, 0.0, 0.0]}"#)
    }

    @Test func writesNotANumberAsPythonDoes() {
        let result: MetricResult = ["pearson": .nan, "accuracy": 0.5]
        #expect(
            JSONValue.object(result.asJSON).serialized() == #"{"pearson": NaN, "accuracy": 0.5}"#)
    }
}
