import Foundation
import Synchronization

/// Makes elements 0, 1, … on a thread of its own, a few ahead of their use.
///
/// An element that the thread has not begun when it is asked for is made by the caller, who so
/// never waits for a thread that the system has not scheduled yet. An error takes the place of its
/// element and ends the work. Dropping the prefetcher stops the thread and waits for it.
final class Prefetcher<Element: Sendable>: Sendable {
    private let work: Work
    private let make: @Sendable (Int) throws -> Element
    private let callerHelps: Bool
    private let failure = Mutex<(any Error)?>(nil)

    /// Starts the thread.
    ///
    /// - Parameters:
    ///   - count: The number of elements.
    ///   - depth: How many elements may be begun before their use, 1 or more.
    ///   - callerHelps: Whether the caller makes elements that the thread has not begun; without
    ///     that the thread makes all of them, one after the other.
    ///   - make: Makes one element, on any thread.
    init(
        count: Int, depth: Int, callerHelps: Bool = true,
        _ make: @escaping @Sendable (Int) throws -> Element
    ) {
        let work = Work(count: count, depth: depth)
        (self.work, self.make, self.callerHelps) = (work, make, callerHelps)
        let thread = Thread { work.run(make) }
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
            if callerHelps, let index = work.claimUnbegun() { return try make(index) }
            return try work.take()
        } catch {
            failure.withLock { $0 = error }
            throw error
        }
    }

    /// What the thread shares with the prefetcher, which the thread must not keep alive.
    private final class Work: Sendable {
        private struct State {
            /// The first element that nobody has begun.
            var next = 0
            /// How many elements were asked for.
            var used = 0
            var finished: [Result<Element, any Error>] = []
            var isStopped = false
        }

        private let count: Int
        private let state = Mutex(State())
        // A semaphore must not be freed below its first value, so all begin at 0.
        private let begins = DispatchSemaphore(value: 0)
        private let available = DispatchSemaphore(value: 0)
        private let ended = DispatchSemaphore(value: 0)

        init(count: Int, depth: Int) {
            self.count = count
            for _ in 0..<depth { begins.signal() }
        }

        func run(_ make: (Int) throws -> Element) {
            defer { ended.signal() }
            while let index = claimAhead() {
                let result = Result { try make(index) }
                state.withLock { $0.finished.append(result) }
                available.signal()
                if case .failure = result { return }
            }
        }

        /// The element that the thread makes next, once there is room for one; nil at the end.
        private func claimAhead() -> Int? {
            begins.wait()
            return state.withLock { state in
                guard !state.isStopped, state.next < count else { return nil }
                defer { state.next += 1 }
                return state.next
            }
        }

        /// The next element to use, if the thread has not begun it.
        func claimUnbegun() -> Int? {
            state.withLock { state in
                guard state.next == state.used else { return nil }
                state.next += 1
                state.used += 1
                return state.next - 1
            }
        }

        /// The next element to use, which the thread has begun.
        func take() throws -> Element {
            available.wait()
            let result = state.withLock { state in
                state.used += 1
                return state.finished.removeFirst()
            }
            begins.signal()
            return try result.get()
        }

        func stop() {
            state.withLock { $0.isStopped = true }
            begins.signal()
            ended.wait()
        }
    }
}
