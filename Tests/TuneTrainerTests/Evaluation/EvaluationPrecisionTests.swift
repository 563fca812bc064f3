import Testing
import TuneNN
import TuneTestSupport
import TuneTorch
import TuneTrainer

extension Trainings {
    @Suite struct EvaluationPrecisionTests {
        @Test func weightsComeBackBitForBit() throws {
            try withTemporaryDirectory { directory in
                var args = TrainingArguments(directory, useCPU: true, disableTqdm: true)
                args.bf16FullEval = true
                let model = ToyClassifier()
                let before = model.parameters().map { $0.floats() }
                let trainer = try Trainer(
                    model: model, args: args, console: QuietConsole().console)
                let low = try trainer.predict(toyData(9))
                #expect(model.parameters().map { $0.floats() } == before)
                #expect(model.parameters().allSatisfy { $0.dtype == .float32 })
                args.bf16FullEval = false
                let exact = try Trainer(
                    model: model, args: args, console: QuietConsole().console
                ).predict(toyData(9))
                #expect(low.predictions != exact.predictions)
                for (a, b) in zip(low.predictions.floats, exact.predictions.floats) {
                    #expect(abs(a - b) < 0.05)
                }
            }
        }

        @Test func anErrorBringsThemBackToo() throws {
            struct Stop: Error {}
            let model = ToyClassifier()
            let before = model.parameters().map { $0.floats() }
            #expect(throws: Stop.self) {
                try model.withParameters(in: .bfloat16) {
                    #expect(model.parameters()[0].dtype == .bfloat16)
                    throw Stop()
                }
            }
            #expect(model.parameters().map { $0.floats() } == before)
        }
    }
}
