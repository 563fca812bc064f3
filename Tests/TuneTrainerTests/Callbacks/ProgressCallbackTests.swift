import Foundation
import Testing
import TuneBase
import TuneTrainer

extension Trainings {
    @Suite struct ProgressCallbackTests {
        @Test func barsAreDrawnOnATerminalOnly() throws {
            let terminal = BufferSink(isTerminal: true)
            let output = BufferSink()
            try withTemporaryDirectory { directory in
                try Trainer(
                    model: ToyClassifier(),
                    args: TrainingArguments(
                        directory, maxSteps: 4, useCPU: true, loggingSteps: 2,
                        evalStrategy: .steps, evalSteps: 2, saveStrategy: .no),
                    trainDataset: toyData(16), evalDataset: toyData(16),
                    console: Console(output: output, notices: terminal)
                ).train()
            }
            #expect(terminal.text.contains("  0%|"))
            #expect(terminal.text.contains("100%|"))
            #expect(terminal.text.contains("4/4 ["))
            #expect(terminal.text.contains("eval: "))
            #expect(terminal.text.hasSuffix("\n"))
            #expect(output.text.split(separator: "\n").count == 5)
            #expect(!output.text.contains("\r"))
        }
    }
}
