import Foundation
import Testing
import TuneBase
import TuneTrainer

extension Trainings {
    @Suite struct MetricsJournalTests {
        private func rows(_ directory: String, _ name: String = "metrics.jsonl") throws
            -> [JSONObject]
        {
            let text = String(
                decoding: try readFile(URL(fileURLWithPath: "\(directory)/\(name)")), as: UTF8.self)
            #expect(text.hasSuffix("\n"))
            return try text.split(separator: "\n").map {
                try #require(JSONValue(parsing: Data($0.utf8), source: "a line").object)
            }
        }

        private func train(_ directory: String) throws -> Trainer {
            let trainer = try Trainer(
                model: ToyClassifier(),
                args: TrainingArguments(
                    directory, maxSteps: 6, useCPU: true, loggingSteps: 2, disableTqdm: true,
                    evalStrategy: .steps, evalSteps: 3, saveStrategy: .no),
                trainDataset: toyData(24), evalDataset: toyData(8),
                console: QuietConsole().console)
            try trainer.train()
            return trainer
        }

        @Test func linesAreTheHistoryWithTimes() throws {
            try withTemporaryDirectory { directory in
                let before = Date().timeIntervalSince1970 - 1
                let trainer = try train(directory)
                let lines = try rows(directory)
                #expect(lines.map(withoutTime) == trainer.logHistory)
                #expect(lines.allSatisfy { Array($0.keys.prefix(3)) == ["step", "epoch", "time"] })
                let times = lines.compactMap { $0["time"]?.double }
                #expect(times.count == lines.count && times == times.sorted())
                #expect(times.allSatisfy { $0 > before && $0 < before + 600 })
                // What is logged after training belongs to it too.
                try trainer.evaluate()
                #expect(try rows(directory).count == lines.count + 1)
            }
        }

        @Test func aNewRunLeavesTheOneBefore() throws {
            try withTemporaryDirectory { directory in
                let first = try train(directory).logHistory
                let second = try train(directory).logHistory
                #expect(try rows(directory).map(withoutTime) == second)
                #expect(
                    try rows(directory, "metrics.previous.jsonl").map(withoutTime) == first)
            }
        }

        /// A run that crashed at step 5 while writing a row goes on from step 4.
        @Test func aResumedRunHasNoRowTwice() throws {
            try withTemporaryDirectory { directory in
                let history = (1...5).map {
                    JSONObject([
                        ("loss", .double(1 / Double($0))), ("epoch", .double(Double($0) / 10)),
                        ("step", .int($0)),
                    ])
                }
                let lines = history.enumerated().map { index, row in
                    #"{"step": \#(index + 1), "epoch": \#(Double(index + 1) / 10), "time": \#(1000 + index).5, "loss": \#(pythonRepr(1 / Double(index + 1)))}"#
                        + "\n"
                }
                let torn = lines.joined() + #"{"step": 6, "epo"#
                let file = URL(fileURLWithPath: "\(directory)/metrics.jsonl")
                try writeFileAtomically(file, torn)

                let run = try ScriptedRun(
                    steps: 20, args: TrainingArguments(directory), sink: BufferSink()
                ) { _ in MetricsJournal() }
                run.resume(at: 4, history: Array(history.prefix(4)))
                try run.begin()
                #expect(
                    try rows(directory).map { $0["time"]?.double } == [
                        1000.5, 1001.5, 1002.5, 1003.5,
                    ])
                try run.step()
                try run.logLoss(0.25)
                let resumed = try rows(directory)
                #expect(resumed.compactMap { $0["step"]?.int } == [1, 2, 3, 4, 5])
                #expect(resumed[4]["loss"] == .double(0.25))
            }
        }

        /// A rollback takes rows out of the history; they are made again.
        @Test func rowsThatATrainingTakesBackAreTakenOut() throws {
            try withTemporaryDirectory { directory in
                let run = try ScriptedRun(
                    steps: 20, args: TrainingArguments(directory), sink: BufferSink()
                ) { _ in MetricsJournal() }
                try run.begin()
                for loss in [0.5, 0.4, 0.3] {
                    try run.step()
                    try run.logLoss(loss)
                }
                run.goBack(to: 1)
                try run.step()
                try run.logLoss(0.45)
                let lines = try rows(directory)
                #expect(lines.map { $0["loss"] } == [.double(0.5), .double(0.45)])
                #expect(lines.allSatisfy { $0["time"]?.double != nil })
            }
        }

        /// A history from elsewhere, such as a Python run, is taken over without times.
        @Test func rowsOfAForeignHistoryAreWritten() throws {
            try withTemporaryDirectory { directory in
                let run = try ScriptedRun(
                    steps: 20, args: TrainingArguments(directory), sink: BufferSink()
                ) { _ in MetricsJournal() }
                let row = JSONObject([("loss", 0.5), ("epoch", 0.2), ("step", 2)])
                run.resume(at: 2, history: [row])
                try run.begin()
                #expect(try rows(directory) == [row])
            }
        }

        private func withoutTime(_ row: JSONObject) -> JSONObject {
            var row = row
            row["time"] = nil
            return row
        }
    }
}
