import Dispatch
import Synchronization

/// The end of a save, on a thread of its own while training goes on.
final class CheckpointCompletion: Sendable {
    private let result = Mutex<Result<[String], any Error>?>(nil)
    private let work = DispatchGroup()

    /// Begins.
    ///
    /// - Parameter body: The work; returns what could not be tidied up, one sentence each.
    init(_ body: @escaping @Sendable () throws -> [String]) {
        DispatchQueue.global().async(group: work) { [self] in
            let outcome = Result(catching: body)
            result.withLock { $0 = outcome }
        }
    }

    /// Whether it has ended.
    var hasEnded: Bool { result.withLock { $0 != nil } }

    /// Waits for the end.
    func wait() { work.wait() }

    /// Waits for the end.
    ///
    /// - Returns: What could not be tidied up.
    /// - Throws: Why there is no checkpoint.
    func problems() throws -> [String] {
        wait()
        return try result.withLock { try $0?.get() ?? [] }
    }
}
