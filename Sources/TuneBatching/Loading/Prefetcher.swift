import Foundation
import Synchronization

/// Makes elements 0, 1, … on a thread of its own, a few ahead of their use.
///
/// An error takes the place of its element and ends the work. Dropping the prefetcher stops the
/// thread and waits for it.
final class Prefetcher<Element: Sendable>: Sendable {
    private let work: Work
    private let failure = Mutex<(any Error)?>(nil)

    /// Starts the thread.
    ///
    /// - Parameters:
    ///   - count: The number of elements.
    ///   - depth: How many finished elements may wait for their use, 1 or more.
    ///   - make: Makes one element.
    init(count: Int, depth: Int, _ make: @escaping @Sendable (Int) throws -> Element) {
        let work = Work()
        self.work = work
        for _ in 0..<depth { work.freePlaces.signal() }
        let thread = Thread { work.run(count, make) }
        thread.name = "finetune.prefetch"
        thread.start()
    }

    deinit { work.stop() }

    /// The next element; call it at most `count` times.
    ///
    /// - Throws: What `make` threw for this element, or for an earlier one.
    func next() throws -> Element {
        if let known = failure.withLock({ $0 }) { throw known }
        do {
            return try work.take()
        } catch {
            failure.withLock { $0 = error }
            throw error
        }
    }

    /// What the thread shares with the prefetcher, which the thread must not keep alive.
    private final class Work: Sendable {
        private struct State {
            var finished: [Result<Element, any Error>] = []
            var isStopped = false
        }

        // A semaphore must not be freed below its first value, so all begin at 0.
        let freePlaces = DispatchSemaphore(value: 0)
        private let available = DispatchSemaphore(value: 0)
        private let ended = DispatchSemaphore(value: 0)
        private let state = Mutex(State())

        func run(_ count: Int, _ make: (Int) throws -> Element) {
            defer { ended.signal() }
            for index in 0..<count {
                freePlaces.wait()
                if state.withLock({ $0.isStopped }) { return }
                let result = Result { try make(index) }
                state.withLock { $0.finished.append(result) }
                available.signal()
                if case .failure = result { return }
            }
        }

        func take() throws -> Element {
            available.wait()
            let result = state.withLock { $0.finished.removeFirst() }
            freePlaces.signal()
            return try result.get()
        }

        func stop() {
            state.withLock { $0.isStopped = true }
            freePlaces.signal()
            ended.wait()
        }
    }
}
