import CTuneTorch

// Axes count from the end when negative.

extension Tensor {
    /// The sum of all elements; integers and truth values give `int64`.
    public func sum() -> Tensor { reduce("sum", TT_SUM) }
    /// The sums over some axes.
    public func sum(dims: [Int], keepDim: Bool = false) -> Tensor {
        reduce("sum", TT_SUM, dims, keepDim)
    }

    /// The mean of all elements.
    public func mean() -> Tensor { reduce("mean", TT_MEAN) }
    /// The means over some axes.
    public func mean(dims: [Int], keepDim: Bool = false) -> Tensor {
        reduce("mean", TT_MEAN, dims, keepDim)
    }

    /// The largest element.
    public func max() -> Tensor { reduce("max", TT_MAX) }
    /// The largest elements over some axes.
    public func max(dims: [Int], keepDim: Bool = false) -> Tensor {
        reduce("max", TT_MAX, dims, keepDim)
    }

    /// The smallest element.
    public func min() -> Tensor { reduce("min", TT_MIN) }
    /// The smallest elements over some axes.
    public func min(dims: [Int], keepDim: Bool = false) -> Tensor {
        reduce("min", TT_MIN, dims, keepDim)
    }

    /// Whether no element is zero.
    public func all() -> Tensor { reduce("all", TT_ALL) }
    /// Whether no element along some axes is zero.
    public func all(dims: [Int], keepDim: Bool = false) -> Tensor {
        reduce("all", TT_ALL, dims, keepDim)
    }

    /// Whether some element is not zero.
    public func any() -> Tensor { reduce("any", TT_ANY) }
    /// Whether some element along some axes is not zero.
    public func any(dims: [Int], keepDim: Bool = false) -> Tensor {
        reduce("any", TT_ANY, dims, keepDim)
    }

    /// The Euclidean norm of all elements.
    public func norm() -> Tensor { reduce("norm", TT_L2_NORM) }
    /// The Euclidean norms over some axes.
    public func norm(dims: [Int], keepDim: Bool = false) -> Tensor {
        reduce("norm", TT_L2_NORM, dims, keepDim)
    }

    /// The positions of the largest elements along an axis.
    public func argmax(dim: Int = -1, keepDim: Bool = false) -> Tensor {
        .make("argmax", [self]) { tt_argmax(raw, Int64(dim), keepDim, $0) }
    }

    /// The positions of the smallest elements along an axis.
    public func argmin(dim: Int = -1, keepDim: Bool = false) -> Tensor {
        .make("argmin", [self]) { tt_argmin(raw, Int64(dim), keepDim, $0) }
    }

    /// The exponentials along an axis, divided by their sum.
    public func softmax(dim: Int) -> Tensor {
        .make("softmax", [self]) { tt_softmax(raw, Int64(dim), $0) }
    }

    /// The logarithms of ``softmax(dim:)``.
    public func logSoftmax(dim: Int) -> Tensor {
        .make("logSoftmax", [self]) { tt_log_softmax(raw, Int64(dim), $0) }
    }

    /// The running sums along an axis.
    public func cumsum(dim: Int) -> Tensor {
        .make("cumsum", [self]) { tt_cumsum(raw, Int64(dim), $0) }
    }

    /// The `k` largest elements along an axis, in descending order, and their positions.
    public func topk(_ k: Int, dim: Int = -1) -> (values: Tensor, indices: Tensor) {
        var indices: OpaquePointer?
        let values = Tensor.make("topk", [self]) {
            tt_topk(raw, Int64(k), Int64(dim), $0, &indices)
        }
        return (values, Tensor(owning: indices ?? tt_undefined()))
    }

    private func reduce(_ operation: StaticString, _ op: tt_reduce_op) -> Tensor {
        .make(operation, [self]) { tt_reduce(op, raw, $0) }
    }

    private func reduce(
        _ operation: StaticString, _ op: tt_reduce_op, _ dims: [Int], _ keepDim: Bool
    ) -> Tensor {
        .make(operation, [self]) {
            tt_reduce_dims(op, raw, dims, Int32(dims.count), keepDim, $0)
        }
    }
}
