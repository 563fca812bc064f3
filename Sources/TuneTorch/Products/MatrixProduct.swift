import CTuneTorch

/// One of the matrix products of linear layers with the same input.
public struct MatrixProduct: Sendable, Equatable {
    /// Which of the three.
    public enum Kind: Int32, Sendable, CaseIterable {
        /// `y = x wᵀ`.
        case forward
        /// `dx = dy w`.
        case inputGradient
        /// `dw = dyᵀ x`.
        case weightGradient
    }

    /// Who computes it.
    public enum Path: Int32, Sendable, CaseIterable {
        /// Tiles of FineTune's own over the micro-kernel of oneDNN.
        case tiles
        /// The library that libtorch takes for products.
        case libtorch
        /// Whole products of oneDNN, as libtorch carries it.
        case oneDNN
        /// Tiles that multiply bfloat16 in float32, for processors that have no fast instructions for it.
        case widened
    }

    /// Seconds of several runs.
    public struct Time: Sendable, Equatable {
        /// The median.
        public var median: Double
        /// The shortest.
        public var shortest: Double

        /// Creates a time.
        public init(median: Double, shortest: Double) {
            (self.median, self.shortest) = (median, shortest)
        }
    }

    /// Which of the three.
    public let kind: Kind
    /// The number of tokens.
    public let rows: Int
    /// The inputs of the layers.
    public let inputs: Int
    /// The outputs of one layer.
    public let outputs: Int
    /// The number of layers; always 1 for a weight gradient.
    public let weights: Int
    /// Whether operands are bfloat16, else float32.
    public let isBFloat16: Bool

    /// Creates a description.
    public init(
        _ kind: Kind, rows: Int, inputs: Int, outputs: Int, weights: Int = 1,
        isBFloat16: Bool = false
    ) {
        (self.kind, self.rows, self.inputs) = (kind, rows, inputs)
        (self.outputs, self.isBFloat16) = (outputs, isBFloat16)
        self.weights = kind == .weightGradient ? 1 : weights
    }

    /// The number of multiplications and additions.
    public var operations: Double {
        2 * Double(rows) * Double(inputs) * Double(outputs) * Double(weights)
    }

    /// Who computes it in layers now; see ``ProductChoices``.
    public var path: Path { Path(tt_product_path(shape, kind.rawValue)) }

    /// Who computes it where nothing was chosen.
    public var usualPath: Path { Path(tt_usual_product_path(shape)) }

    /// Whether this processor can compute it by a path.
    public func has(_ path: Path) -> Bool { tt_has_product_path(shape, path.rawValue) }

    /// Measures the paths in turn, each as layers call it: with the bias of a forward product, and
    /// weight gradients added to earlier ones.
    ///
    /// - Parameter budget: When to end, in seconds; each path that may be the fastest runs thrice.
    /// - Returns: The times of the paths that this processor has.
    /// - Throws: ``TorchError`` for empty matrices or when memory runs out.
    public func times(budget: Double = 0.2) throws -> [Path: Time] {
        var times = [tt_product_time](
            repeating: tt_product_time(), count: Path.allCases.count)
        try check("MatrixProduct", tt_product_times(shape, kind.rawValue, budget, &times))
        return Dictionary(
            uniqueKeysWithValues: zip(Path.allCases, times).filter { $1.median.isFinite }
                .map { ($0, Time(median: $1.median, shortest: $1.shortest)) })
    }

    /// The shortest time of the product of one layer on operands that lie as the library likes them:
    /// oneDNN, or libtorch's own library where there is no oneDNN.
    ///
    /// - Parameter budget: How long the runs take together, in seconds.
    /// - Returns: Seconds.
    /// - Throws: ``TorchError`` for empty matrices or when memory runs out.
    public func peakTime(budget: Double = 0.2) throws -> Double {
        var seconds = 0.0
        try check(
            "MatrixProduct", tt_gemm_peak_seconds(shape, kind.rawValue, budget, &seconds))
        return seconds
    }

    /// Computes a product by a path, for comparisons.
    ///
    /// `left` is x or dy, `right` the weights or, for a weight gradient, x, all float32; the bias is
    /// for forward products. Rows of `left` and `result` may have gaps.
    package static func compute(
        _ kind: Kind, by path: Path, isBFloat16: Bool, _ left: Tensor, _ right: [Tensor],
        bias: Tensor? = nil, into result: Tensor, accumulates: Bool
    ) throws {
        let status = Tensor.withRaw(right) {
            tt_compute_product(
                path.rawValue, kind.rawValue, isBFloat16, left.raw, $1, $0, bias?.raw, result.raw,
                accumulates)
        }
        try check("MatrixProduct", status)
    }

    private var shape: tt_gemm_shape {
        tt_gemm_shape(
            rows: Int64(rows), inputs: Int64(inputs), outputs: Int64(outputs),
            weights: Int32(clamping: weights), is_bfloat16: isBFloat16)
    }
}

extension MatrixProduct.Path {
    fileprivate init(_ raw: Int32) { self = Self(rawValue: raw) ?? .libtorch }
}
