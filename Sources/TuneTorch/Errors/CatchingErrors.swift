import CTuneTorch
import Synchronization

/// Runs `body` and throws the first failure of a tensor operation in it.
///
/// Tensor operations do not throw: outside this function a failure (operands that do not fit, no
/// memory) stops the program with a message. Inside, the operation that failed gives an undefined
/// tensor, those that use it give undefined tensors too, reading that fails gives zeros, and the
/// first failure is thrown when `body` ends, by returning or by throwing.
///
/// - Parameter body: Code that computes with tensors on the calling task.
/// - Returns: What `body` returns.
/// - Throws: ``TorchError``, or what `body` throws.
public func catchingTorchErrors<R>(_ body: () throws -> R) throws -> R {
    let box = FailureBox()
    let result = Result { try FailureBox.$current.withValue(box, operation: body) }
    if let failure = box.error { throw failure }
    return try result.get()
}

/// Whether an operation has failed in the scope that catches here, so that what follows computes
/// with undefined tensors.
package var hasTorchFailed: Bool { FailureBox.current?.error != nil }

/// The first failure of the tensor operations in a scope.
final class FailureBox: Sendable {
    @TaskLocal static var current: FailureBox?

    private let first = Mutex<TorchError?>(nil)

    var error: TorchError? { first.withLock { $0 } }

    func record(_ error: TorchError) {
        first.withLock { $0 = $0 ?? error }
    }
}

/// Reports a failure to the scope that catches, or stops the program.
func report(_ error: TorchError, _ file: StaticString = #fileID, _ line: UInt = #line) {
    guard let box = FailureBox.current else { fatalError("\(error)", file: file, line: line) }
    box.record(error)
}

/// Reports a failure when `status` tells of one; `operands` are described in its message.
@inline(__always)
func expect(
    _ operation: StaticString, _ status: tt_status, _ operands: @autoclosure () -> [Tensor] = []
) {
    guard status != TT_OK else { return }
    report(TorchError(operation, status: status, operands: operands()))
}

/// Throws when `status` tells of a failure; for functions that throw whatever the scope.
func check(_ operation: StaticString, _ status: tt_status) throws {
    guard status == TT_OK else { throw TorchError(operation, status: status, operands: []) }
}
