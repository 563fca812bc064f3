import Foundation
import Testing
import TuneBase
import TuneMetrics
import TuneTrainer

@Suite struct MetricsTableTests {
    @Test func valuesAreThoseOfMetricsFormat() throws {
        let file = try golden("texts")
        var metrics = MetricResult()
        for (name, value) in try #require(file["metrics"]?.object).members {
            metrics[name] = value.double
        }
        let lines = metricsTable("train", metrics).split(separator: "\n").map(String.init)
        #expect(lines[0] == "***** train metrics *****")
        let formatted = try #require(file["formatted"]?.object)
        #expect(lines.count == formatted.members.count + 1)
        let width = try #require(
            formatted.members.map(\.value.string?.count).compactMap(\.self).max())
        for (line, name) in zip(lines.dropFirst(), formatted.keys.sorted()) {
            let value = try #require(formatted[name]?.string)
            let padding = String(repeating: " ", count: width - value.count)
            #expect(line.hasPrefix("  \(name)"))
            #expect(line.hasSuffix(" = \(padding)\(value)"))
        }
    }

    @Test func resultsAreMergedIntoOneFile() throws {
        try withTemporaryDirectory { directory in
            let trainer = try Trainer(
                model: ToyClassifier(), args: TrainingArguments(directory, useCPU: true),
                console: QuietConsole().console)
            try trainer.saveMetrics("train", ["train_loss": 0.5, "epoch": 3])
            try trainer.saveMetrics("eval", ["eval_loss": 0.25])
            func text(_ name: String) throws -> String {
                String(
                    decoding: try readFile(URL(fileURLWithPath: directory + "/" + name)),
                    as: UTF8.self)
            }
            #expect(try text("eval_results.json") == "{\n    \"eval_loss\": 0.25\n}")
            #expect(
                try text("all_results.json")
                    == "{\n    \"epoch\": 3.0,\n    \"eval_loss\": 0.25,\n    \"train_loss\": 0.5\n}"
            )
        }
    }
}
