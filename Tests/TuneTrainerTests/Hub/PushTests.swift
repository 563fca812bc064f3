import Foundation
import Testing
import TuneBase
import TuneTrainer

extension Trainings {
    @Suite struct PushTests {
        private let passing = TuneError(.unavailable, "The Hub has a problem.", remedy: "Wait.")
        private let lasting = TuneError(.badConfig, "The token is wrong.", remedy: "Set HF_TOKEN.")

        private func trainer(
            _ directory: String, _ uploader: RecordingUploader?,
            callbacks: [any TrainerCallback] = [],
            _ change: (inout TrainingArguments) -> Void = { _ in }
        ) throws -> Trainer {
            var args = TrainingArguments(
                directory + "/my run", maxSteps: 6, useCPU: true, disableTqdm: true, saveSteps: 2,
                pushToHub: true, hubAlwaysPush: true)
            change(&args)
            return try Trainer(
                model: ToyClassifier(), args: args, trainDataset: toyData(32),
                callbacks: callbacks, uploader: uploader, console: QuietConsole().console)
        }

        private func weights(_ directory: String, _ step: Int) throws -> Data {
            try Data(
                contentsOf: URL(
                    fileURLWithPath: "\(directory)/my run/checkpoint-\(step)/model.safetensors"))
        }

        /// Names of what uploads leave behind.
        private func remains(_ directory: String) throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: directory + "/my run")
                .filter { $0.hasPrefix(".push") }
        }

        @Test func everyCheckpointsModelGoesUp() throws {
            try withTemporaryDirectory { directory in
                let (uploader, recorder) = (RecordingUploader(), EventRecorder())
                let trainer = try trainer(directory, uploader, callbacks: [recorder])
                #expect(trainer.hubModelID == "me/my-run")
                let output = try trainer.train()
                let uploads = uploader.uploads
                #expect(
                    uploads.map(\.message) == [2, 4, 6].map { "Training in progress, step \($0)" })
                for (upload, step) in zip(uploads, [2, 4, 6]) {
                    #expect(upload.repository == "me/my-run" && upload.path.isEmpty)
                    #expect(
                        upload.files.keys.sorted() == [
                            "README.md", "config.json", "model.safetensors",
                            "training_args.json",
                        ])
                    #expect(upload.files["model.safetensors"] == (try weights(directory, step)))
                }
                #expect(output.pushes.done == 3 && output.pushes.failed == 0)
                #expect(output.pushes.url == "https://hub/3")
                #expect(recorder.events.filter { $0 == "push_begin" }.count == 3)
                #expect(try remains(directory).isEmpty)
            }
        }

        @Test(
            arguments: [
                (HubStrategy.checkpoint, ["last-checkpoint", "last-checkpoint"]),
                (.allCheckpoints, ["checkpoint-3", "checkpoint-6"]),
            ])
        func checkpointsGoUpWhole(strategy: HubStrategy, paths: [String]) throws {
            try withTemporaryDirectory { directory in
                let uploader = RecordingUploader()
                let trainer = try trainer(directory, uploader) {
                    ($0.hubStrategy, $0.saveStrategy) = (strategy, .epoch)
                    ($0.maxSteps, $0.numTrainEpochs, $0.perDeviceTrainBatchSize) = (-1, 2, 11)
                    ($0.hubModelID, $0.hubRevision) = ("lab/toy", "trial")
                    ($0.hubPrivateRepo, $0.hubToken) = (true, "hf_secret")
                }
                try trainer.train()
                let uploads = uploader.uploads
                #expect(uploads.map(\.path) == ["", paths[0], "", paths[1]])
                #expect(
                    uploads.map(\.message)
                        == [1, 2].flatMap {
                            [
                                "Training in progress, epoch \($0)",
                                "Training in progress, epoch \($0), checkpoint",
                            ]
                        })
                #expect(uploads.allSatisfy { $0.repository == "lab/toy" && $0.revision == "trial" })
                let last = directory + "/my run/checkpoint-6"
                let names = try FileManager.default.contentsOfDirectory(atPath: last)
                #expect(uploads[3].files.keys.sorted() == names.sorted())
                #expect(names.contains("optimizer.safetensors") && names.contains("manifest.json"))
                let repository = try #require(uploader.prepared.first)
                #expect(repository.isPrivate == true && repository.token == "hf_secret")
                var dumped = "\(repository)"
                dump(repository, to: &dumped)
                #expect(dumped.contains("lab/toy") && !dumped.contains("hf_secret"))
                for file in uploads.flatMap(\.files.values) {
                    #expect(file.range(of: Data("hf_secret".utf8)) == nil)
                }
            }
        }

        @Test func atTheEndAlone() throws {
            try withTemporaryDirectory { directory in
                let uploader = RecordingUploader()
                let trainer = try trainer(directory, uploader) { $0.hubStrategy = .end }
                try trainer.train()
                #expect(uploader.uploads.isEmpty)
                try trainer.saveModel()
                #expect(uploader.uploads.map(\.message) == ["Model save"])
                let commit = try trainer.pushToHub(card: ModelCardFacts(license: "mit"))
                #expect(
                    commit == UploadedCommit(oid: "2", url: "https://hub/2", files: 5, bytes: 0))
                let last = try #require(uploader.uploads.last)
                #expect(last.message == "End of training")
                #expect(last.files["model.safetensors"] == (try weights(directory, 6)))
                let card = String(decoding: last.files["README.md"] ?? Data(), as: UTF8.self)
                #expect(card.contains("license: mit"))
                #expect(try trainer.pushToHub(commitMessage: "Later", blocking: false) == nil)
            }
        }

        @Test func aCheckpointIsSkippedWhileAnUploadRuns() throws {
            try withTemporaryDirectory { directory in
                let uploader = RecordingUploader()
                uploader.gate.close()
                let open = Listener { event, context in
                    if case .log = event, context.state.globalStep == 6 { uploader.gate.open() }
                }
                let trainer = try trainer(directory, uploader, callbacks: [open]) {
                    ($0.hubAlwaysPush, $0.saveTotalLimit) = (false, 1)
                }
                let output = try trainer.train()
                #expect(output.pushes.skipped == 2 && output.pushes.done == 1)
                #expect(output.pushes.facts == ["https://hub/1", "1 uploaded, 2 skipped"])
                // What it was taken from is gone by now, or has given way to later steps.
                let upload = try #require(uploader.uploads.first)
                #expect(upload.message == "Training in progress, step 2")
                #expect(
                    !FileManager.default.fileExists(atPath: directory + "/my run/checkpoint-2"))
                #expect(upload.files["model.safetensors"] != (try weights(directory, 6)))
                #expect(upload.files["model.safetensors"]?.isEmpty == false)
            }
        }

        @Test func anUploadThatFailsDoesNotEndTheTraining() throws {
            try withTemporaryDirectory { directory in
                let uploader = RecordingUploader(failures: [lasting, passing, passing])
                let trainer = try trainer(directory, uploader)
                let output = try trainer.train()
                #expect(output.globalStep == 6)
                #expect(output.pushes.failed == 3 && output.pushes.done == 0)
                #expect(output.pushes.problem == passing.description)
                #expect(output.pushes.facts.first?.hasPrefix("NOT UP TO DATE: ") == true)
                #expect(try remains(directory).isEmpty)
                try trainer.saveModel()
                #expect(trainer.pushReport.problem == nil && trainer.pushReport.done == 1)
            }
        }

        @Test func savingWarnsAndPushingThrows() throws {
            try withTemporaryDirectory { directory in
                let uploader = RecordingUploader(failures: [passing, passing])
                let trainer = try trainer(directory, uploader) { $0.hubStrategy = .end }
                try trainer.train()
                try trainer.saveModel()
                #expect(trainer.pushReport.failed == 1)
                let error = #expect(throws: TuneError.self) { try trainer.pushToHub() }
                #expect(error?.message == passing.message)
                #expect(trainer.pushReport.failed == 2)
            }
        }

        @Test func aWrongTokenIsToldBeforeTraining() throws {
            try withTemporaryDirectory { directory in
                let error = #expect(throws: TuneError.self) {
                    try trainer(directory, RecordingUploader(refusals: [lasting]))
                }
                #expect(error?.message == lasting.message)
            }
        }

        @Test func aHubThatDoesNotAnswerIsTriedAgain() throws {
            try withTemporaryDirectory { directory in
                let uploader = RecordingUploader(refusals: [passing, passing])
                let trainer = try trainer(directory, uploader)
                #expect(trainer.hubModelID == nil)
                let output = try trainer.train()
                #expect(output.pushes.failed == 1 && output.pushes.done == 2)
                #expect(trainer.hubModelID == "me/my-run" && uploader.prepared.count == 3)
            }
        }

        @Test func withoutUploader() throws {
            try withTemporaryDirectory { directory in
                let error = #expect(throws: TuneError.self) { try trainer(directory, nil) }
                #expect(error?.remedy == "Pass uploader: HubUploader() to Trainer.")
                let plain = try trainer(directory, nil) { $0.pushToHub = false }
                #expect(throws: TuneError.self) { try plain.pushToHub() }
                #expect(plain.pushReport == PushReport())
            }
        }

        @Test func aCardWrittenByHandGoesUpAsItIs() throws {
            try withTemporaryDirectory { directory in
                let uploader = RecordingUploader()
                let trainer = try trainer(directory, uploader)
                let card = trainer.outputURL.appendingPathComponent("README.md")
                try writeFileAtomically(card, "# By hand\n")
                try trainer.train()
                for upload in uploader.uploads {
                    #expect(upload.files["README.md"] == Data("# By hand\n".utf8))
                }
            }
        }

        @Test func pushingWithoutTheArgument() throws {
            try withTemporaryDirectory { directory in
                let uploader = RecordingUploader()
                let trainer = try trainer(directory, uploader) { $0.pushToHub = false }
                try trainer.train()
                #expect(uploader.prepared.isEmpty)
                try trainer.pushToHub(revision: "other", isPrivate: true)
                #expect(uploader.uploads.map(\.revision) == ["other"])
                #expect(uploader.prepared.map(\.isPrivate) == [true])
            }
        }

        /// The thread of a test blocks signals, so another one takes it, in a moment.
        @Test func aSignalDoesNotWaitForAnUpload() throws {
            try withTemporaryDirectory { directory in
                let uploader = RecordingUploader()
                uploader.gate.close()
                let sender = Listener { event, context in
                    guard case .stepBegin = event, context.state.globalStep == 4 else { return }
                    kill(getpid(), SIGINT)
                    usleep(20_000)
                }
                let trainer = try trainer(directory, uploader, callbacks: [sender])
                let began = monotonicSeconds()
                let error = #expect(throws: TuneError.self) { try trainer.train() }
                #expect(error?.code == .interrupted)
                #expect(monotonicSeconds() - began < 20)
                #expect(uploader.uploads.isEmpty && trainer.pushReport.failed >= 1)
                #expect(try remains(directory).isEmpty)
            }
        }

        @Test func remainsOfEndedProcessesAreRemoved() throws {
            try withTemporaryDirectory { directory in
                let output = URL(fileURLWithPath: directory + "/my run")
                let ended = Process()
                ended.executableURL = URL(fileURLWithPath: "/bin/true")
                try ended.run()
                ended.waitUntilExit()
                let names = [
                    ".push-\(ended.processIdentifier)-x", ".push-\(getpid())-x", ".push-me",
                ]
                for name in names {
                    try FileManager.default.createDirectory(
                        at: output.appendingPathComponent(name), withIntermediateDirectories: true)
                }
                try trainer(directory, RecordingUploader()) { $0.maxSteps = 1 }.train()
                #expect(try remains(directory).sorted() == names.dropFirst().sorted())
            }
        }
    }
}

@Suite struct PublishedFileTests {
    @Test(arguments: [
        "model.safetensors", "README.md", "runs/a/events.out.tfevents.1", "archive", "a_b", "x/_y",
    ])
    func goUp(path: String) { #expect(isPublished(path)) }

    @Test(arguments: [
        "checkpoint-3/model.safetensors", "_private", "_x/y", ".run.json", "a/.b", "archive/x/y",
        "quarantine/checkpoint-2/x", "",
    ])
    func stayHere(path: String) { #expect(!isPublished(path)) }
}
