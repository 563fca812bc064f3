import Testing
import TuneBase
import TuneTrainer

extension Trainings {
    @Suite struct TrainerCallbacksTests {
        private func trainer(
            _ args: TrainingArguments = TrainingArguments("unused", useCPU: true),
            callbacks: [any TrainerCallback] = []
        ) throws -> Trainer {
            try Trainer(
                model: ToyClassifier(), args: args, callbacks: callbacks,
                console: QuietConsole().console)
        }

        @Test func orderIsFlowReportersUsersDisplay() throws {
            var args = TrainingArguments("unused", useCPU: true)
            args.reportTo = ["tensorboard"]
            #expect(
                try trainer(args, callbacks: [EventRecorder()]).callbackNames == [
                    "DefaultFlowCallback", "MetricsJournal", "TensorBoardCallback",
                    "EventRecorder", "ProgressCallback",
                ])
        }

        @Test(arguments: [
            (ProgressStyle.auto, nil, "ProgressCallback"), (.auto, true, "PrinterCallback"),
            (.rich, nil, "RunDisplay"), (.plain, true, "RunDisplay"), (.json, nil, "EventLines"),
            (.none, nil, "MetricsJournal"),
        ])
        func theArgumentsChooseTheDisplay(style: ProgressStyle, disableTqdm: Bool?, last: String)
            throws
        {
            var args = TrainingArguments("unused", useCPU: true, disableTqdm: disableTqdm)
            args.progress = style
            #expect(try trainer(args).callbackNames.last == last)
        }

        @Test func callbacksComeAndGoByTypeOrInstance() throws {
            let trainer = try trainer()
            let (first, second) = (EventRecorder(), EventRecorder())
            trainer.addCallback(first)
            trainer.addCallback(second)
            #expect(trainer.popCallback(second) === second)
            #expect(trainer.popCallback(second) == nil)
            #expect(trainer.popCallback(EventRecorder.self) === first)
            #expect(trainer.popCallback(EventRecorder.self) == nil)
            trainer.removeCallback(first)
            trainer.removeCallback(ProgressCallback.self)
            #expect(trainer.callbackNames == ["DefaultFlowCallback", "MetricsJournal"])
        }
    }
}
