import Foundation
import Testing
import TuneBase
import TuneMetrics
import TuneTestSupport
import TuneTrainer

extension Trainings {
    @Suite struct TensorBoardCallbackTests {
        private func train(_ directory: String) throws -> Trainer {
            var args = TrainingArguments(
                directory, maxSteps: 6, useCPU: true, loggingSteps: 2, disableTqdm: true,
                evalStrategy: .steps, evalSteps: 3, saveStrategy: .no)
            args.reportTo = ["tensorboard"]
            let trainer = try Trainer(
                model: ToyClassifier(), args: args, trainDataset: toyData(24),
                evalDataset: toyData(8), computeMetrics: { _ in ["accuracy": 0.75] },
                console: QuietConsole().console)
            try trainer.train()
            return trainer
        }

        /// The only event file of a run.
        private func eventFile(_ directory: String) throws -> URL {
            let runs = URL(fileURLWithPath: directory).appendingPathComponent("runs")
            let names = try FileManager.default.contentsOfDirectory(atPath: runs.path)
            #expect(names.count == 1)
            let name = try #require(names.first)
            let form = try Regex(#"[A-Z][a-z]{2}\d\d_\d\d-\d\d-\d\d_.+"#)
            #expect(name.wholeMatch(of: form) != nil, "\(name)")
            let run = runs.appendingPathComponent(name)
            let files = try FileManager.default.contentsOfDirectory(atPath: run.path)
            let fileForm = try Regex(#"events\.out\.tfevents\.\d{10,}\..+\.\d+\.\d+"#)
            #expect(files.count == 1 && files[0].wholeMatch(of: fileForm) != nil, "\(files)")
            return run.appendingPathComponent(try #require(files.first))
        }

        @Test func bytesAreThoseOfTheFormat() throws {
            try withTemporaryDirectory { directory in
                let trainer = try train(directory)
                let records = try EventReader.records(readFile(eventFile(directory)))
                let first = try EventReader.fields(records[0])
                #expect(first.map(\.number) == [1, 3])
                #expect(first[1].bytes == Array("brain.Event:2".utf8))
                #expect(records.count == 1 + 2 + scalars(trainer).count)

                for (record, expected) in zip(records.dropFirst(3), scalars(trainer)) {
                    let event = try EventReader.fields(record)
                    #expect(event.map(\.number) == [1, 2, 5])
                    let time = Double(bitPattern: event[0].integer)
                    #expect(abs(time - Date().timeIntervalSince1970) < 600)
                    #expect(Int(event[1].integer) == expected.step)
                    let value = try EventReader.fields(
                        #require(EventReader.fields(event[2].bytes).first).bytes)
                    #expect(value.map(\.number) == [1, 2])
                    #expect(String(decoding: value[0].bytes, as: UTF8.self) == expected.tag)
                    #expect(
                        Float(bitPattern: UInt32(value[1].integer)) == Float(expected.value))
                }
            }
        }

        @Test(
            .enabled(
                if: pythonWithTensorBoard != nil,
                "No Python here has the package tensorboard; run Tools/tensorboard.py."))
        func tensorBoardReadsTheFiles() throws {
            let python = try #require(pythonWithTensorBoard)
            try withTemporaryDirectory { directory in
                let trainer = try train(directory)
                let output = try read(eventFile(directory).deletingLastPathComponent(), python)
                var found: [JSONValue] = output["scalars"]?.array ?? []
                for (tag, step, value) in scalars(trainer) {
                    let index = found.firstIndex {
                        $0["tag"] == .string(tag) && $0["step"] == .int(step)
                            && $0["value"]?.double.map { Float($0) } == Float(value)
                    }
                    #expect(index != nil, "\(tag) at \(step)")
                    index.map { _ = found.remove(at: $0) }
                }
                #expect(found.isEmpty, "\(found)")
                let args = try #require(output["texts"]?["args/text_summary"]?.string)
                #expect(
                    try JSONValue(parsing: Data(args.utf8), source: "args") == trainer.args.toJSON()
                )
                let config = try #require(output["texts"]?["model_config/text_summary"]?.string)
                #expect(
                    try JSONValue(parsing: Data(config.utf8), source: "config")
                        == ["model_type": "toy"])
            }
        }

        @Test func theEnvironmentNamesTheDirectory() throws {
            try withTemporaryDirectory { directory in
                let target = directory + "/events"
                let run = try ScriptedRun(
                    steps: 4, args: TrainingArguments(directory), sink: BufferSink()
                ) { _ in TensorBoardCallback(environment: ["TENSORBOARD_LOGGING_DIR": target]) }
                try run.begin()
                try run.step()
                try run.log([("loss", .double(.nan)), ("note", "text"), ("flag", true)])
                try run.end()
                let names = try FileManager.default.contentsOfDirectory(atPath: target)
                let file = URL(fileURLWithPath: target).appendingPathComponent(names[0])
                // Version, two texts, loss, note and epoch, then the summary's three numbers.
                #expect(try EventReader.records(readFile(file)).count == 3 + 3 + 3)
            }
        }

        /// Tags, steps and values that the history of a run stands for, in order.
        private func scalars(_ trainer: Trainer) -> [(tag: String, step: Int, value: Double)] {
            trainer.logHistory.flatMap { row in
                row.members.filter { $0.key != "step" }.map { name, value in
                    let tag =
                        name.hasPrefix("eval_")
                        ? "eval/" + name.dropFirst(5) : "train/" + name
                    return (tag, row["step"]?.int ?? -1, value.double ?? .nan)
                }
            }
        }

        /// What TensorBoard's own reader finds in a directory.
        private func read(_ directory: URL, _ python: String) throws -> JSONValue {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: python)
            process.arguments = [fixtures() + "/read_events.py", directory.path]
            let pipe = Pipe()
            process.standardOutput = pipe
            try process.run()
            let data = pipe.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            return try JSONValue(parsing: data, source: "read_events.py")
        }
    }
}

/// A Python that can import TensorBoard: the one that the bootstrap made, or one on the path.
private let pythonWithTensorBoard: String? = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../..").standardizedFileURL
    let directories = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let candidates =
        [root.appendingPathComponent(".deps/tensorboard/bin/python").path]
        + directories.map { "\($0)/python3" }
    return candidates.first { path in
        guard FileManager.default.isExecutableFile(atPath: path) else { return false }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = ["-c", "import tensorboard.backend.event_processing.event_accumulator"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}()
