import Foundation
import Testing
import TuneBase
import TuneMetrics
import TuneTestSupport
import TuneTrainer

@Suite struct RunDisplayTests {
    private let details = RunDetails(
        title: "finetune train", model: ["all-MiniLM-L6-v2"],
        data: ["glue/mrpc", "3,668 training rows", "408 for validation"])

    private func run(
        _ style: RunDisplay.Style, _ sink: BufferSink, steps: Int = 20,
        args: TrainingArguments = TrainingArguments(
            "out", loggingSteps: 5, evalStrategy: .steps, evalSteps: 10, saveSteps: 10),
        details: RunDetails? = nil
    ) throws -> ScriptedRun {
        try ScriptedRun(steps: steps, args: args, sink: sink) { clock in
            RunDisplay(
                style, details: details ?? self.details, endsWithTraining: true, now: clock,
                memory: { 612_345_678 })
        }
    }

    /// The line of the device differs from machine to machine.
    private func comparable(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.contains("device") }.joined(separator: "\n")
    }

    @Test(arguments: [60, 80, 120, 200])
    func screenIsAsReviewed(columns: Int) throws {
        let sink = BufferSink(isTerminal: true, columns: columns)
        let run = try run(.rich, sink)
        try run.playTwentySteps()
        let screen = VirtualScreen(sink.text)
        for line in screen.lines { #expect(displayWidth(line) <= columns, "\(line)") }
        try expectGolden("display-\(columns).txt", comparable(screen.text))
    }

    @Test func plainLinesAreAsReviewed() throws {
        let sink = BufferSink()
        let run = try run(.plain, sink)
        try run.playTwentySteps()
        #expect(!sink.text.contains { $0 == "\u{1B}" || $0 == "\r" })
        try expectGolden("display-plain.txt", comparable(sink.text))
    }

    @Test func statusLineShowsHowFarTheRunIs() throws {
        let sink = BufferSink(isTerminal: true, columns: 100)
        let run = try run(.rich, sink)
        try run.begin()
        for _ in 0..<10 { try run.step() }
        try run.save()
        let line = try #require(VirtualScreen(sink.text).lines.last)
        #expect(line.hasPrefix(" train █"))
        #expect(line.hasSuffix("10/20  50 %  00:05 left  checkpoint 10  00:05 elapsed"))
    }

    @Test func aCheckpointThatIsNotYetOnTheDiskIsNotCalledSaved() throws {
        let sink = BufferSink()
        let plain = try run(.plain, sink)
        try plain.begin()
        for _ in 0..<10 { try plain.step() }
        try plain.save(isComplete: false)
        #expect(sink.text.contains("10   1.00  saving checkpoint-10\n"))
        let screen = BufferSink(isTerminal: true, columns: 100)
        let rich = try run(.rich, screen)
        try rich.begin()
        try rich.step()
        try rich.save(isComplete: false)
        let line = try #require(VirtualScreen(screen.text).lines.last)
        #expect(line.hasPrefix(" train ") && !line.contains("checkpoint"))
    }

    @Test func redrawsAtMostTenTimesASecond() throws {
        let sink = BufferSink(isTerminal: true)
        let run = try run(.rich, sink, steps: 1000)
        try run.begin()
        let before = VirtualScreen(sink.text).redraws
        for _ in 0..<1000 { try run.step(seconds: 0.002) }
        let redraws = VirtualScreen(sink.text).redraws - before
        #expect((18...21).contains(redraws))
    }

    @Test func textOfOthersCannotControlTheTerminal() throws {
        let evil = "x\u{1B}[2J\u{1B}]0;t\u{7}\r\n\u{202E}y"
        for style in [RunDisplay.Style.rich, .plain] {
            let sink = BufferSink(isTerminal: false)
            var args = TrainingArguments("out" + evil)
            args.runName = evil
            let run = try run(
                style, sink, args: args,
                details: RunDetails(title: evil, model: [evil], data: [evil], run: [evil]))
            try run.begin()
            try run.step()
            try run.log([(evil, .string(evil))])
            try run.evaluate(["eval_\(evil)": 1])
            try run.end()
            #expect(
                !sink.text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\r" || $0 == "\u{7}" }
            )
            #expect(!sink.text.unicodeScalars.contains("\u{202E}"))
        }
    }

    @Test func withoutEscapesTheScreenIsTheSame() throws {
        let sinks = [true, false].map {
            BufferSink(isTerminal: true, columns: 90, allowsEscapes: $0)
        }
        for sink in sinks { try run(.rich, sink).playTwentySteps() }
        #expect(!sinks[1].text.contains("\u{1B}"))
        #expect(VirtualScreen(sinks[0].text).text == VirtualScreen(sinks[1].text).text)
    }

    @Test func theChosenMetricDecidesWhatIsBest() throws {
        let sink = BufferSink()
        let args = TrainingArguments("out", metricForBestModel: "accuracy")
        let run = try run(.plain, sink, args: args)
        try run.begin()
        for value in [0.5, 0.4, 0.5, 0.6] {
            try run.step()
            try run.evaluate(["eval_loss": value, "eval_accuracy": value])
        }
        let stars = sink.text.split(separator: "\n").filter { $0.contains(" eval ") }
            .map { $0.contains("★ best accuracy") }
        #expect(stars == [true, false, false, true])
    }

    /// What is plain by choice fits into the window too; in a file each entry is one line.
    @Test func plainLinesFitIntoATerminal() throws {
        let (window, file) = (BufferSink(isTerminal: true, columns: 60), BufferSink(columns: 60))
        for sink in [window, file] { try run(.plain, sink).begin() }
        let lines = window.text.split(separator: "\n")
        #expect(lines.allSatisfy { displayWidth(String($0)) <= 60 })
        let plans = [window, file].map { sink in
            sink.text.split(separator: "\n").filter { $0.hasPrefix("  plan") }
        }
        #expect(plans.map(\.count) == [1, 1])
        #expect(displayWidth(String(plans[1][0])) > 60)
    }

    @Test func aResumedRunSaysSo() throws {
        let sink = BufferSink()
        let run = try run(.plain, sink)
        run.resume(at: 10, history: [])
        try run.playTenSteps()
        #expect(sink.text.contains("resumed at step 10"))
        #expect(sink.text.contains("20 steps"))
    }

    @Test func theStyleFollowsTheStream() {
        #expect(RunDisplay.style(for: BufferSink(isTerminal: true)) == .rich)
        #expect(RunDisplay.style(for: BufferSink()) == .plain)
        #expect(RunDisplay.style(for: BufferSink(isTerminal: true, allowsEscapes: false)) == .plain)
    }
}

extension ScriptedRun {
    /// Ten steps without evaluation.
    fileprivate func playTenSteps() throws {
        try begin()
        for _ in 0..<10 { try step() }
        try logLoss(0.5)
        try end()
    }
}

/// Compares with a file of `Fixtures`; the message of a failure holds the whole text.
private func expectGolden(_ name: String, _ text: String) throws {
    let file = URL(fileURLWithPath: fixtures() + "/" + name)
    if ProcessInfo.processInfo.environment["FINETUNE_WRITE_GOLDENS"] != nil {
        try Data(text.utf8).write(to: file)
    }
    let golden = String(decoding: try readFile(file), as: UTF8.self)
    #expect(text == golden, "\(name) is now:\n\(text)")
}
