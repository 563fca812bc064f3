import Foundation

private let lock = NSRecursiveLock()

/// Runs `body` while no other test that asks this way draws from the default random generator.
///
/// All tests share one process and run side by side; a test that seeds the default generator and
/// expects certain draws, and one that draws from it, both need this.
public func withSharedRandomness<R>(_ body: () throws -> R) rethrows -> R {
    lock.lock()
    defer { lock.unlock() }
    return try body()
}
