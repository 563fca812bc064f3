import CTuneTorch

/// An array of numbers of one type on one device, with automatic differentiation.
///
/// A tensor is a reference: copies of the struct share the elements, as variables do in Python.
/// Operations do not throw; see ``catchingTorchErrors(_:)``. A tensor belongs to one task at a
/// time and is not `Sendable`.
public struct Tensor {
    let handle: TensorHandle

    /// What copies of this tensor share; differs from that of any other living tensor.
    public var identity: ObjectIdentifier { ObjectIdentifier(handle) }

    /// Takes over a handle that the C interface gave out.
    init(owning raw: OpaquePointer) { handle = TensorHandle(owning: raw) }

    /// The operand for the C interface; valid while this tensor lives.
    var raw: OpaquePointer { handle.raw }
}

/// The tensors of a batch by name; the arguments of a model's forward pass.
public typealias TensorBatch = [String: Tensor]

/// Owns one handle of the C interface.
final class TensorHandle {
    let raw: OpaquePointer

    init(owning raw: OpaquePointer) { self.raw = raw }

    deinit { tt_free(raw) }
}

extension Tensor {
    /// Runs an operation of the C interface that produces a tensor.
    ///
    /// - Parameters:
    ///   - operation: The name for error messages.
    ///   - operands: What to describe in an error message.
    ///   - body: Calls the operation with the place for its result.
    /// - Returns: The result, or an undefined tensor when the operation failed.
    @inline(__always)
    static func make(
        _ operation: StaticString, _ operands: @autoclosure () -> [Tensor] = [],
        _ body: (UnsafeMutablePointer<OpaquePointer?>) -> tt_status
    ) -> Tensor {
        var result: OpaquePointer?
        expect(operation, body(&result), operands())
        return Tensor(owning: result ?? tt_undefined())
    }
}

extension Tensor {
    /// The size of each axis.
    public var shape: [Int] {
        let rank = rank
        return Array(unsafeUninitializedCapacity: rank) { buffer, count in
            if let start = buffer.baseAddress, rank > 0 { tt_sizes(raw, start) }
            count = rank
        }
    }

    /// The number of axes.
    public var rank: Int { Int(tt_rank(defined("rank").raw)) }

    /// The number of elements.
    public var count: Int { Int(tt_numel(defined("count").raw)) }

    /// The type of the elements.
    public var dtype: DType {
        let number = tt_dtype(defined("dtype").raw)
        guard let dtype = DType(rawValue: number) else {
            report(
                TorchError(operation: "dtype", message: "type number \(number) is not supported"))
            return .float32
        }
        return dtype
    }

    /// Where the elements are.
    public var device: Device { Device(tt_device_of(defined("device").raw)) }

    /// Whether the tensor has a value; the result of a failed operation has none.
    public var isDefined: Bool { tt_is_defined(raw) }

    /// Whether the elements lie in row-major order without gaps.
    public var isContiguous: Bool { tt_is_contiguous(raw) }

    /// Whether both are the same tensor, not just equal ones.
    public func isSame(as other: Tensor) -> Bool { tt_is_same(raw, other.raw) }

    /// The size of axis `dim`, which counts from the end when negative.
    public func size(_ dim: Int) -> Int {
        let shape = shape
        let axis = dim < 0 ? shape.count + dim : dim
        guard shape.indices.contains(axis) else {
            report(
                TorchError(
                    operation: "size", message: "a \(shape.count)-d tensor has no axis \(dim)"))
            return 0
        }
        return shape[axis]
    }

    /// Type and shape, for messages: `float32[2, 3]`.
    var summary: String {
        guard isDefined else { return "undefined" }
        let name = DType(rawValue: tt_dtype(raw))?.shortName ?? "other"
        return "\(name)\(shape)"
    }

    /// This tensor, after reporting when it has no value.
    private func defined(_ operation: StaticString) -> Tensor {
        if !isDefined {
            report(
                TorchError(
                    operation: "\(operation)",
                    message: "the tensor is undefined, the result of a failed operation"))
        }
        return self
    }
}
