import TuneBase
import TuneTorch

/// What fills up rows that are shorter than others, as in Python.
private let filler = -100

extension HostArray {
    /// No elements, `[0]`.
    static let empty = HostArray([Float](), shape: [0])

    /// The elements of a tensor: integers and truth values as integers, the rest as float32.
    init(_ tensor: Tensor) {
        let shape = tensor.rank == 0 ? [1] : tensor.shape
        self =
            tensor.dtype.isFloatingPoint
            ? HostArray(tensor.floats(), shape: shape) : HostArray(tensor.ints(), shape: shape)
    }

    /// Arrays one below the other.
    ///
    /// Where they differ in the extent of the second axis, the narrow ones are filled up with -100
    /// at its end.
    ///
    /// - Throws: `TuneError` where they differ in another axis.
    static func joining(_ arrays: [HostArray]) throws -> HostArray {
        guard let first = arrays.first, arrays.count > 1 else { return arrays.first ?? .empty }
        let widths = arrays.map { $0.shape.dropFirst().first }
        let width = widths.compactMap(\.self).max()
        for array in arrays
        where array.shape.count != first.shape.count
            || array.shape.dropFirst(2) != first.shape.dropFirst(2)
        {
            throw TuneError(
                .failed,
                "The results of batches have the shapes \(first.shape) and \(array.shape), which do not go together.",
                remedy: "Set evalDoConcatBatches to false, which keeps batches apart.")
        }
        let wide = arrays.map { $0.widened(to: width) }
        let shape = [arrays.map(\.shape[0]).reduce(0, +)] + wide[0].shape.dropFirst()
        let areInts = wide.allSatisfy { if case .ints = $0.values { true } else { false } }
        return areInts
            ? HostArray(wide.flatMap(\.ints), shape: shape)
            : HostArray(wide.flatMap(\.floats), shape: shape)
    }

    private func widened(to width: Int?) -> HostArray {
        guard let width, shape[1] < width else { return self }
        let inner = shape.dropFirst(2).reduce(1, *)
        let wide = [shape[0], width] + shape.dropFirst(2)
        let (row, missing) = (shape[1] * inner, (width - shape[1]) * inner)
        switch values {
        case .floats(let numbers):
            return HostArray(
                padded(numbers, row: row, by: missing, with: Float(filler)), shape: wide)
        case .ints(let numbers):
            return HostArray(padded(numbers, row: row, by: missing, with: filler), shape: wide)
        }
    }

    private func padded<Number>(
        _ numbers: [Number], row: Int, by missing: Int, with filler: Number
    ) -> [Number] {
        (0..<shape[0]).flatMap { index in
            numbers[index * row..<(index + 1) * row] + Array(repeating: filler, count: missing)
        }
    }

    /// The same rows in another order: row `i` goes to `places[i]`.
    func scattered(to places: [Int]) -> HostArray {
        let width = shape.dropFirst().reduce(1, *)
        return switch values {
        case .floats(let numbers):
            HostArray(numbers.scattered(to: places, width: width), shape: shape)
        case .ints(let numbers):
            HostArray(numbers.scattered(to: places, width: width), shape: shape)
        }
    }
}

extension Array {
    /// Rows of `width` elements in another order: row `i` goes to `places[i]`.
    func scattered(to places: [Int], width: Int = 1) -> [Element] {
        var result = self
        for row in 0..<(width > 0 ? count / width : 0) {
            for column in 0..<width {
                result[places[row] * width + column] = self[row * width + column]
            }
        }
        return result
    }
}
