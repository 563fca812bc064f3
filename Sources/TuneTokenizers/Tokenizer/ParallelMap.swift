import Foundation
import Synchronization

/// Whether batches may use several threads: `TOKENIZERS_PARALLELISM`, on unless it says no.
var isParallelismEnabled: Bool {
    guard let setting = getenv("TOKENIZERS_PARALLELISM") else { return true }
    return !["", "off", "false", "f", "no", "n", "0"].contains(
        String(cString: setting).lowercased())
}

/// The results of `transform` for 0 up to `count`, in order, computed on all cores.
///
/// - Throws: The error of the lowest index that fails.
func parallelMap<Result: Sendable>(
    _ count: Int, _ transform: @Sendable (Int) throws -> Result
) throws -> [Result] {
    let chunk = 64
    let chunks = (count + chunk - 1) / chunk
    guard chunks > 1, isParallelismEnabled else { return try (0..<count).map(transform) }
    let parts = Mutex<[Int: Swift.Result<[Result], any Error>]>([:])
    DispatchQueue.concurrentPerform(iterations: chunks) { number in
        let range = number * chunk..<min((number + 1) * chunk, count)
        let part = Swift.Result { try range.map(transform) }
        parts.withLock { $0[number] = part }
    }
    let done = parts.withLock { $0 }
    var results: [Result] = []
    results.reserveCapacity(count)
    for number in 0..<chunks { results += try done[number]?.get() ?? [] }
    return results
}
