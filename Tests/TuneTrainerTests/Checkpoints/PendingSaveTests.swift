import Foundation
import Testing
import TuneBase
import TuneMetrics
import TuneTrainer

extension Trainings {
    /// Checkpoints that come to the disk while training goes on.
    @Suite struct PendingSaveTests {
        private func trainer(
            _ directory: String, _ callbacks: [any TrainerCallback] = [],
            scores: [Double]? = nil, _ change: (inout TrainingArguments) -> Void = { _ in }
        ) throws -> (Trainer, DropoutToy) {
            var args = TrainingArguments(
                directory, maxSteps: 6, perDeviceTrainBatchSize: 4, useCPU: true, loggingSteps: 1,
                disableTqdm: true, saveSteps: 2)
            change(&args)
            let model = DropoutToy()
            fillWeights(model)
            nonisolated(unsafe) var left = (scores ?? [])[...]
            return (
                try Trainer(
                    model: model, args: args, trainDataset: toyData(24), evalDataset: toyData(9),
                    computeMetrics: scores.map { _ in { _ in ["score": left.removeFirst()] } },
                    callbacks: callbacks,
                    console: QuietConsole().console), model
            )
        }

        /// A callback that looks at no checkpoints.
        private func onStepEnd(_ body: @escaping (Int) throws -> Void) -> any TrainerCallback {
            Listener(readsCheckpoints: false) { event, context in
                if case .stepEnd = event { try body(context.state.globalStep) }
            }
        }

        private func whole(
            _ change: (inout TrainingArguments) -> Void = { _ in }
        ) throws -> Outcome {
            try withTemporaryDirectory { directory in
                let (trainer, model) = try trainer(directory, [], change)
                try trainer.train()
                return Outcome(model, trainer.logHistory)
            }
        }

        private func names(_ directory: String) throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: directory)
                .filter { $0.hasPrefix("checkpoint-") || $0.hasPrefix(".") && $0 != ".run.json" }
                .sorted()
        }

        private func newest(_ directory: String) throws -> Int? {
            try CheckpointStore.open(URL(fileURLWithPath: directory)).newestValid().newest?.step
        }

        @Test func trainingDoesNotWaitForTheDisk() throws {
            let expected = try whole()
            try withTemporaryDirectory { directory in
                let disk = SlowDisk()
                var seen: [Int: [String]] = [:]
                let watch = onStepEnd { step in
                    if step == 2 { disk.hold() }
                    if step == 4 {
                        #expect(disk.isHeld)
                        seen[step] = try names(directory).filter { $0.hasPrefix("checkpoint-") }
                        disk.release()
                    }
                }
                let (trainer, model) = try trainer(directory, [watch])
                let began = monotonicSeconds()
                try disk { _ = try trainer.train() }
                #expect(monotonicSeconds() - began < 9)
                #expect(seen == [4: []])
                #expect(try names(directory) == ["checkpoint-2", "checkpoint-4", "checkpoint-6"])
                #expect(Outcome(model, trainer.logHistory) == expected)
            }
        }

        @Test func aSaveWaitsForTheOneBefore() throws {
            try withTemporaryDirectory { directory in
                let disk = SlowDisk()
                let (trainer, _) = try trainer(directory) { $0.saveSteps = 1 }
                try disk { _ = try trainer.train() }
                for step in 1...5 {
                    let end = try #require(disk.position("rename .tmp-\(step)"))
                    let next = try #require(disk.position("createDirectory .tmp-\(step + 1)"))
                    #expect(disk.operations[end...next].contains("sync the run"))
                }
            }
        }

        @Test func oldCheckpointsGoWhenTheNewOneIsOnTheDisk() throws {
            try withTemporaryDirectory { directory in
                let disk = SlowDisk()
                let (trainer, _) = try trainer(directory) {
                    ($0.saveSteps, $0.saveTotalLimit) = (1, 2)
                }
                try disk { _ = try trainer.train() }
                for step in 3...6 {
                    let named = try #require(disk.position("rename .tmp-\(step)"))
                    let removed = try #require(disk.position("rename checkpoint-\(step - 2)"))
                    #expect(named < removed)
                    #expect(disk.operations[named...removed].contains("sync the run"))
                }
                #expect(try names(directory) == ["checkpoint-5", "checkpoint-6"])
            }
        }

        @Test func whoReadsCheckpointsFindsThemComplete() throws {
            try withTemporaryDirectory { directory in
                var seen: [[String]] = []
                let reader = Listener { event, context in
                    guard case .save = event else { return }
                    #expect(context.completeCheckpoint == context.state.globalStep)
                    let path = "\(directory)/checkpoint-\(context.state.globalStep)"
                    #expect(FileManager.default.fileExists(atPath: path + "/manifest.json"))
                    seen.append(try names(directory).filter { $0 != ".run.lock" })
                }
                let (trainer, _) = try trainer(directory, [reader])
                try SlowDisk()() { _ = try trainer.train() }
                let all = ["checkpoint-2", "checkpoint-4", "checkpoint-6"]
                #expect(seen == (1...3).map { Array(all.prefix($0)) })
            }
        }

        @Test func aFailedSyncCostsOneCheckpoint() throws {
            let evaluated: (inout TrainingArguments) -> Void = {
                ($0.evalStrategy, $0.evalSteps) = (.steps, 2)
                ($0.metricForBestModel, $0.greaterIsBetter) = ("loss", true)
            }
            let expected = try whole(evaluated)
            try withTemporaryDirectory { directory in
                let disk = SlowDisk(failing: { $0 == ".tmp-2" || $0 == ".tmp-6" })
                var best: [String?] = []
                let watch = Listener(readsCheckpoints: false) { event, context in
                    guard case .stepBegin = event else { return }
                    // By the save of step 4 it is known that the one of step 2 failed.
                    if context.state.globalStep >= 4 {
                        best.append(context.state.bestModelCheckpoint)
                    }
                }
                let (trainer, _) = try trainer(directory, [watch], evaluated)
                let output = try disk { try trainer.train() }
                #expect(output.globalStep == 6)
                #expect(try names(directory) == ["checkpoint-4"])
                #expect(best.count == 2 && !best.contains(directory + "/checkpoint-2"))
                #expect(trainer.state.bestModelCheckpoint != directory + "/checkpoint-6")
                let (resumed, model) = try self.trainer(directory, [], evaluated)
                try resumed.train(resumeFromCheckpoint: true)
                #expect(Outcome(model, resumed.logHistory) == expected)
            }
        }

        @Test(arguments: [false, true])
        func threeFailuresInARowEndTraining(_ isRead: Bool) throws {
            try withTemporaryDirectory { directory in
                let disk = SlowDisk(failing: { $0 != ".tmp-1" })
                let callback = Listener(readsCheckpoints: isRead) { _, _ in }
                let (trainer, _) = try trainer(directory, [callback]) { $0.saveSteps = 1 }
                let error = #expect(throws: TuneError.self) { try disk { try trainer.train() } }
                #expect(error?.code == .io)
                #expect(error?.message.hasPrefix("3 checkpoints in a row could not be") == true)
                // At the save after the third at the latest.
                #expect([4, 5].contains(trainer.state.globalStep))
                #expect(try names(directory) == ["checkpoint-1"])
            }
        }

        @Test func aKillBeforeTheEndLeavesTheOlderOne() throws {
            let expected = try whole()
            try withTemporaryDirectory { directory in
                // What is on the disk while the files of step 4 are complete but have no name.
                let disk = SlowDisk(onFirstSync: {
                    guard $0 == ".tmp-4" else { return }
                    try FileManager.default.copyItem(
                        atPath: directory + "/run", toPath: directory + "/killed")
                })
                let (trainer, _) = try trainer(directory + "/run")
                try disk { _ = try trainer.train() }
                let killed = directory + "/killed"
                #expect(try names(killed).contains { $0.hasPrefix(".tmp-4-") })
                let recorder = EventRecorder()
                let (resumed, model) = try self.trainer(killed, [recorder])
                try resumed.train(resumeFromCheckpoint: true)
                #expect(recorder.events.filter { $0 == "step_end" }.count == 4)
                #expect(Outcome(model, resumed.logHistory) == expected)
                #expect(try names(killed) == ["checkpoint-2", "checkpoint-4", "checkpoint-6"])
            }
        }

        @Test func anErrorOfTheTrainingLeavesTheCheckpointComplete() throws {
            struct Stop: Error {}
            try withTemporaryDirectory { directory in
                let disk = SlowDisk()
                let (trainer, _) = try trainer(
                    directory,
                    [
                        onStepEnd { step in
                            if step == 3 { throw Stop() }
                        }
                    ])
                #expect(throws: Stop.self) { try disk { try trainer.train() } }
                #expect(try names(directory) == ["checkpoint-2"])
                #expect(try newest(directory) == 2)
                // The directory is free again.
                let (resumed, _) = try self.trainer(directory)
                #expect(try resumed.train(resumeFromCheckpoint: true).globalStep == 6)
            }
        }

        @Test(arguments: [false, true])
        func aSignalEndsTrainingWithTheCheckpointOrAnError(_ isFailing: Bool) throws {
            try withTemporaryDirectory { directory in
                let disk = SlowDisk(failing: { isFailing && $0 == ".tmp-3" })
                let sender = InterruptionTests.Sender(signal: SIGTERM, step: 2)
                let (trainer, _) = try trainer(directory, [sender])
                let error = #expect(throws: TuneError.self) { try disk { try trainer.train() } }
                #expect(error?.code == (isFailing ? .io : .interrupted))
                #expect(
                    try names(directory)
                        == (isFailing ? ["checkpoint-2"] : ["checkpoint-2", "checkpoint-3"]))
            }
        }

        @Test func theBestCheckpointIsCompleteBeforeItIsLoaded() throws {
            try withTemporaryDirectory { directory in
                let disk = SlowDisk()
                let (trainer, _) = try trainer(directory, scores: [0.1, 0.2, 0.3]) {
                    ($0.evalStrategy, $0.evalSteps, $0.loadBestModelAtEnd) = (.steps, 2, true)
                    $0.metricForBestModel = "score"
                }
                try disk { _ = try trainer.train() }
                #expect(trainer.state.bestModelCheckpoint == directory + "/checkpoint-6")
            }
        }
    }
}
