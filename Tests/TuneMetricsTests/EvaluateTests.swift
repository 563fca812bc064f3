import Testing
import TuneBase
import TuneMetrics

struct EvaluateTests {
    @Test func listsEveryMetric() {
        #expect(
            Evaluate.listEvaluationModules() == [
                "accuracy", "f1", "glue", "mae", "matthews_correlation", "mse", "pearsonr",
                "precision", "recall", "spearmanr",
            ])
    }

    @Test func unknownMetricSuggestsTheNearest() {
        let error = #expect(throws: TuneError.self) { try Evaluate.load("acuracy") }
        #expect(error?.message == "There is no metric 'acuracy'.")
        #expect(error?.remedy?.hasPrefix("Did you mean 'accuracy'? Known: accuracy, f1") == true)
    }

    @Test func glueNeedsAConfiguration() {
        let error = #expect(throws: TuneError.self) { try Evaluate.load("glue") }
        #expect(
            error?.message == """
                You should supply a configuration name selected in ["sst2", "mnli", \
                "mnli_mismatched", "mnli_matched", "cola", "stsb", "mrpc", "qqp", "qnli", "rte", \
                "wnli", "hans"].
                """)
        let misspelt = #expect(throws: TuneError.self) { try Evaluate.load("glue", "mprc") }
        #expect(misspelt?.remedy?.hasPrefix("Did you mean 'mrpc'?") == true)
    }

    @Test func metricWithoutConfigurationsRefusesOne() throws {
        _ = try Evaluate.load("f1", "default")
        let error = #expect(throws: TuneError.self) { try Evaluate.load("f1", "mrpc") }
        #expect(error?.message == "The metric 'f1' has no configuration 'mrpc'.")
    }
}
