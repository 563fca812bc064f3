import Synchronization

/// Lets one thread ask another to end what it is doing.
public final class Cancellation: Sendable {
    private let flag = Atomic<Bool>(false)

    /// Creates a request that nobody has made yet.
    public init() {}

    /// Whether it was made.
    public var isRequested: Bool { flag.load(ordering: .relaxed) }

    /// Asks to end, soon and for good.
    public func request() { flag.store(true, ordering: .relaxed) }
}
