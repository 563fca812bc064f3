import Dispatch
import Foundation
import Logging
import Synchronization
import TuneBase

/// Uploads one after the other on a thread of their own, while training goes on.
final class PushQueue: Sendable {
    private struct State {
        var report = PushReport()
        var pending = 0
        /// Ends what is under way; another takes its place afterwards.
        var cancellation = Cancellation()
    }

    private let uploader: any ModelUploader
    private let thread = DispatchQueue(label: "finetune.push", qos: .utility)
    private let state = Mutex(State())
    private let logger: Logger

    init(_ uploader: any ModelUploader, logger: Logger) {
        (self.uploader, self.logger) = (uploader, logger)
    }

    /// What came of the uploads so far.
    var report: PushReport { state.withLock(\.report) }

    /// Whether an upload runs or waits.
    var isBusy: Bool { state.withLock { $0.pending > 0 } }

    /// Notes that a checkpoint is not uploaded.
    func skip() { state.withLock { $0.report.skipped += 1 } }

    /// Makes sure that the repository exists, once.
    ///
    /// - Returns: It with its full name.
    func prepare(_ repository: UploadRepository) throws -> UploadRepository {
        var result = repository
        result.name = try report.repository ?? preparedName(repository)
        return result
    }

    private func preparedName(_ repository: UploadRepository) throws -> String {
        let name = try uploader.prepare(repository, state.withLock(\.cancellation))
        state.withLock { $0.report.repository = name }
        return name
    }

    /// Uploads folders, in order, after what was asked for before; then removes them.
    ///
    /// A failure is a warning, and what follows it is left out.
    ///
    /// - Returns: What tells what came of the last one, once it has ended.
    @discardableResult
    func push(
        _ snapshots: [PushSnapshot], to repository: UploadRepository
    ) -> PendingPush {
        let result = PendingPush()
        let cancellation = state.withLock {
            $0.pending += 1
            return $0.cancellation
        }
        thread.async { [self] in
            defer {
                for snapshot in snapshots { snapshot.remove() }
                state.withLock { $0.pending -= 1 }
            }
            result.settle(Result { try upload(snapshots, to: repository, cancellation) })
        }
        return result
    }

    private func upload(
        _ snapshots: [PushSnapshot], to repository: UploadRepository, _ cancellation: Cancellation
    ) throws -> UploadedCommit {
        do {
            let repository = try prepare(repository)
            var commit: UploadedCommit?
            for snapshot in snapshots {
                commit = try uploader.upload(
                    UploadFolder(
                        repository: repository, url: snapshot.url, path: snapshot.path,
                        message: snapshot.message), cancellation)
            }
            guard let commit else { throw TuneError(.failed, "There is nothing to upload.") }
            state.withLock {
                $0.report.done += 1
                ($0.report.url, $0.report.problem) = (commit.url, nil)
            }
            return commit
        } catch {
            note(error)
            throw error
        }
    }

    /// Counts a failure and says what it is.
    func note(_ error: any Error) {
        let text = (error as? TuneError)?.description ?? error.localizedDescription
        state.withLock {
            $0.report.failed += 1
            $0.report.problem = text
        }
        logger.warning(
            "The upload to the Hub failed; everything is in the output directory. \(text)")
    }

    /// Waits for all uploads.
    ///
    /// - Parameter isOver: Ends the waiting.
    /// - Returns: Whether all have ended.
    func wait(unless isOver: () -> Bool = { false }) -> Bool {
        while isBusy {
            if isOver() { return false }
            Thread.sleep(forTimeInterval: 0.01)
        }
        return true
    }

    /// Ends what is under way, and waits shortly for that; later uploads are not concerned.
    func cancel(patience: Double = 2) {
        state.withLock { state in
            state.cancellation.request()
            state.cancellation = Cancellation()
        }
        let end = monotonicSeconds() + patience
        _ = wait { monotonicSeconds() > end }
    }
}

/// The result of an upload to come.
final class PendingPush: Sendable {
    private let result = Mutex<Result<UploadedCommit, any Error>?>(nil)

    fileprivate func settle(_ value: Result<UploadedCommit, any Error>) {
        result.withLock { $0 = value }
    }

    /// The commit, after the queue has been waited for; nil before.
    func commit() throws -> UploadedCommit? { try result.withLock(\.self)?.get() }
}
