import Foundation
import Synchronization
import TuneBase
import TuneTrainer

/// An uploader that keeps what it is given, and fails or waits when told to.
final class RecordingUploader: ModelUploader {
    struct Upload {
        let repository: String
        let revision: String?
        let path: String
        let message: String
        let files: [String: Data]
    }

    private struct State {
        var prepared: [UploadRepository] = []
        var uploads: [Upload] = []
        var refusals: [TuneError] = []
        var failures: [TuneError] = []
    }

    private let state = Mutex(State())
    /// While it is held, uploads wait, before they read anything.
    let gate = Gate()

    /// - Parameters:
    ///   - refusals: What the first attempts to prepare end with.
    ///   - failures: What the first uploads end with.
    init(refusals: [TuneError] = [], failures: [TuneError] = []) {
        state.withLock { ($0.refusals, $0.failures) = (refusals, failures) }
    }

    var prepared: [UploadRepository] { state.withLock(\.prepared) }
    var uploads: [Upload] { state.withLock(\.uploads) }

    func prepare(
        _ repository: UploadRepository, _ cancellation: Cancellation
    ) throws -> String {
        try state.withLock {
            $0.prepared.append(repository)
            if !$0.refusals.isEmpty { throw $0.refusals.removeFirst() }
        }
        return repository.name.contains("/") ? repository.name : "me/\(repository.name)"
    }

    func upload(_ folder: UploadFolder, _ cancellation: Cancellation) throws -> UploadedCommit {
        try gate.wait(cancellation)
        let failure = state.withLock { $0.failures.isEmpty ? nil : $0.failures.removeFirst() }
        if let failure { throw failure }
        var files: [String: Data] = [:]
        for name in try FileSystems.current.tree(folder.url).keys {
            files[name] = try Data(contentsOf: folder.url.appendingPathComponent(name))
        }
        let upload = Upload(
            repository: folder.repository.name, revision: folder.repository.revision,
            path: folder.path, message: folder.message, files: files)
        let count = state.withLock {
            $0.uploads.append(upload)
            return $0.uploads.count
        }
        return UploadedCommit(
            oid: "\(count)", url: "https://hub/\(count)", files: files.count, bytes: 0)
    }
}

/// A gate that is open until it is closed.
final class Gate: Sendable {
    private let isClosed = Mutex(false)

    func close() { isClosed.withLock { $0 = true } }
    func open() { isClosed.withLock { $0 = false } }

    func wait(_ cancellation: Cancellation) throws {
        while isClosed.withLock(\.self) {
            if cancellation.isRequested { throw TuneError(.interrupted, "It was interrupted.") }
            usleep(1000)
        }
    }
}

/// A callback that is a closure.
struct Listener: TrainerCallback {
    var readsCheckpoints = true
    let body: (TrainerEvent, TrainerContext) throws -> Void

    func on(
        _ event: TrainerEvent, _ context: TrainerContext, _ control: inout TrainerControl
    ) throws { try body(event, context) }
}
