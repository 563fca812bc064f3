import Foundation
import Testing
import TuneBase
import TuneTrainer

@Suite struct EventLinesTests {
    @Test func everyLineIsAnObject() throws {
        let sink = BufferSink()
        let run = try ScriptedRun(
            steps: 20, args: TrainingArguments("out", loggingSteps: 5, saveSteps: 10), sink: sink
        ) { _ in EventLines() }
        try run.playTwentySteps()
        let events = try lines(sink)
        #expect(
            events.map { $0["event"]?.string } == [
                "begin", "log", "log", "evaluate", "save", "log", "log", "evaluate", "end",
            ])
        #expect(events.allSatisfy { $0["time"]?.double != nil && $0["step"]?.int != nil })
        #expect(events[1]["loss"] == .double(0.7012))
        #expect(events[1]["tokens_per_second"]?.double.map { $0 > 0 } == true)
        #expect(events[3]["eval_accuracy"] == .double(0.75))
        #expect(events[3]["is_best"] == .bool(true))
        #expect(events[4]["checkpoint"] == .string("out/checkpoint-10"))
        #expect(events[8]["train_loss"] == .double(0.55))
        #expect(events[8]["evaluation_time"] == .double(2))
    }

    @Test func numbersThatAreNotFiniteAreNull() throws {
        let sink = BufferSink()
        let run = try ScriptedRun(steps: 4, args: TrainingArguments("out"), sink: sink) { _ in
            EventLines()
        }
        try run.begin()
        try run.step()
        try run.logLoss(.nan)
        try run.log([("note", "a\u{1B}[31m\nb"), ("worst", .double(.infinity))])
        #expect(!sink.text.contains("NaN") && !sink.text.contains("Infinity"))
        #expect(!sink.text.contains("\u{1B}"))
        #expect(try lines(sink)[1]["loss"] == .null)
    }

    private func lines(_ sink: BufferSink) throws -> [JSONObject] {
        try sink.text.split(separator: "\n").map { line in
            try #require(JSONValue(parsing: Data(line.utf8), source: "a line").object)
        }
    }
}
