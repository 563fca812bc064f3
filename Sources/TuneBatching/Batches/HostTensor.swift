public import TuneTorch

/// Numbers with a shape in ordinary memory: one input of a batch before it goes to a device.
public struct HostTensor: Sendable, Hashable {
    /// The elements in row-major order.
    public enum Storage: Sendable, Hashable {
        case int64([Int64])
        case float32([Float])
    }

    /// The extent of each dimension; the first counts rows.
    public let shape: [Int]
    /// The elements.
    public let storage: Storage

    /// Wraps `storage`, whose number of elements must be the product of `shape`.
    public init(shape: [Int], storage: Storage) {
        self.shape = shape
        self.storage = storage
        // Shapes are counted from the values; rows that do not fit were refused before.
        precondition(
            shape.reduce(1, *) == count, "The shape \(shape) does not fit \(count) values.")
    }

    /// Integers of one dimension, or of the given shape.
    public init(_ values: [Int], shape: [Int]? = nil) {
        self.init(shape: shape ?? [values.count], storage: .int64(values.map(Int64.init)))
    }

    /// Numbers of one dimension, or of the given shape.
    public init(_ values: [Float], shape: [Int]? = nil) {
        self.init(shape: shape ?? [values.count], storage: .float32(values))
    }

    /// The number of elements.
    public var count: Int {
        switch storage {
        case .int64(let values): values.count
        case .float32(let values): values.count
        }
    }

    /// The elements as integers, or nil for another type.
    public var ints: [Int]? {
        if case .int64(let values) = storage { values.map(Int.init) } else { nil }
    }

    /// The elements as floating-point numbers, or nil for another type.
    public var floats: [Float]? {
        if case .float32(let values) = storage { values } else { nil }
    }

    /// Takes some of the rows; a tensor without dimensions stays as it is.
    ///
    /// - Parameter range: Row numbers within the first extent of ``shape``.
    /// - Returns: These rows.
    public func rows(_ range: Range<Int>) -> HostTensor {
        guard let rowCount = shape.first, rowCount > 0 else { return self }
        let width = count / rowCount
        let elements = (range.lowerBound * width)..<(range.upperBound * width)
        let shape = [range.count] + self.shape.dropFirst()
        switch storage {
        case .int64(let values):
            return HostTensor(shape: shape, storage: .int64(Array(values[elements])))
        case .float32(let values):
            return HostTensor(shape: shape, storage: .float32(Array(values[elements])))
        }
    }

    /// The same numbers as a tensor on a device.
    public func tensor(on device: Device = .cpu) -> Tensor {
        let tensor =
            switch storage {
            case .int64(let values): Tensor(values, shape)
            case .float32(let values): Tensor(values, shape)
            }
        return device == .cpu ? tensor : tensor.to(device)
    }
}
