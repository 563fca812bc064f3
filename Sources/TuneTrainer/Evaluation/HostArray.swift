import TuneBase

/// Numbers with a shape in ordinary memory: predictions and labels.
public struct HostArray: Sendable, Hashable {
    /// The elements in row-major order.
    public enum Values: Sendable, Hashable {
        case floats([Float])
        case ints([Int])
    }

    /// The extent of each dimension; the first counts rows.
    public let shape: [Int]
    /// The elements.
    public let values: Values

    /// Numbers with a shape, whose product must be their count.
    public init(_ values: [Float], shape: [Int]) {
        self.init(shape: shape, values: .floats(values))
    }

    /// Integers with a shape, whose product must be their count.
    public init(_ values: [Int], shape: [Int]) { self.init(shape: shape, values: .ints(values)) }

    /// Integers of one dimension.
    public init(_ values: [Int]) { self.init(values, shape: [values.count]) }

    private init(shape: [Int], values: Values) {
        (self.shape, self.values) = (shape, values)
        // Shapes come from tensors or are written beside the values, never from files.
        precondition(
            shape.reduce(1, *) == count, "The shape \(shape) does not fit \(count) values.")
    }

    /// The number of elements.
    public var count: Int {
        switch values {
        case .floats(let numbers): numbers.count
        case .ints(let numbers): numbers.count
        }
    }

    /// The elements as floating-point numbers.
    public var floats: [Float] {
        switch values {
        case .floats(let numbers): numbers
        case .ints(let numbers): numbers.map { Float($0) }
        }
    }

    /// The elements as integers; fractions are cut off, and what is no integer becomes 0.
    public var ints: [Int] {
        switch values {
        case .floats(let numbers):
            numbers.map { Int(exactly: $0.rounded(.towardZero)) ?? 0 }
        case .ints(let numbers): numbers
        }
    }

    /// The elements of one row.
    public subscript(row: Int) -> [Float] {
        let width = shape.dropFirst().reduce(1, *)
        return switch values {
        case .floats(let numbers): Array(numbers[row * width..<(row + 1) * width])
        case .ints(let numbers): numbers[row * width..<(row + 1) * width].map { Float($0) }
        }
    }

    /// The index of the largest element along an axis; the first of equal ones, and NaN counts as
    /// largest, as in NumPy.
    ///
    /// - Parameter axis: An axis of the shape; negative counts from the end.
    /// - Returns: One index for every position of the other axes, in row-major order; none where
    ///   there are no elements, as after an evaluation that kept only the loss.
    public func argmax(axis: Int = -1) -> [Int] {
        guard count > 0 else { return [] }
        let axis = axis < 0 ? axis + shape.count : axis
        // Programs write the axis down, as they do the index of an array's element.
        precondition(shape.indices.contains(axis), "There is no axis \(axis) in shape \(shape).")
        let inner = shape[(axis + 1)...].reduce(1, *)
        let outer = shape[..<axis].reduce(1, *)
        let extent = shape[axis]
        let numbers = floats
        return (0..<outer * inner).map { position in
            let start = position / inner * extent * inner + position % inner
            return (0..<extent).reduce(0) { best, candidate in
                let (a, b) = (numbers[start + best * inner], numbers[start + candidate * inner])
                return !a.isNaN && (b > a || b.isNaN) ? candidate : best
            }
        }
    }
}
