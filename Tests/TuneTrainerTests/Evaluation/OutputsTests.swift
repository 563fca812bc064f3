import Testing
import TuneMetrics
import TuneTrainer

extension Trainings {
    @Suite struct OutputsTests {
        @Test func theWaitForDataIsReported() throws {
            try withTemporaryDirectory { directory in
                let output = try Trainer(
                    model: ToyClassifier(),
                    args: TrainingArguments(
                        directory, maxSteps: 3, useCPU: true, saveStrategy: .no),
                    trainDataset: toyData(24), console: QuietConsole().console
                ).train()
                #expect(output.dataWait > 0)
                #expect(output.dataWait < output.metrics["train_runtime"] ?? 0)
                #expect(output.dataWaitSummary.hasPrefix("Waited "))
                #expect(!output.metrics.names.contains { $0.contains("wait") })
            }
        }
    }
}
