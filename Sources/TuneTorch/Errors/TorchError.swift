import CTuneTorch
public import Foundation

/// A tensor operation that libtorch refused or could not finish.
public struct TorchError: LocalizedError, CustomStringConvertible, Sendable {
    /// The operation, by its Swift name (`matmul`).
    public var operation: String
    /// What libtorch said, followed by the operands.
    public var message: String
    /// Whether memory ran out, on the CPU or on a GPU.
    public var isOutOfMemory: Bool

    /// Creates an error from its parts.
    public init(operation: String, message: String, isOutOfMemory: Bool = false) {
        self.operation = operation
        self.message = message
        self.isOutOfMemory = isOutOfMemory
    }

    /// The operation and the message.
    public var description: String { "\(operation): \(message)" }

    /// The operation and the message.
    public var errorDescription: String? { description }
}

extension TorchError {
    /// The failure that this thread's last call into libtorch reported with `status`.
    init(_ operation: StaticString, status: tt_status, operands: [Tensor]) {
        let text = String(cString: tt_last_error())
        let list = operands.map(\.summary).joined(separator: ", ")
        self.init(
            operation: "\(operation)", message: operands.isEmpty ? text : "\(text) (\(list))",
            isOutOfMemory: status == TT_OUT_OF_MEMORY)
    }
}
