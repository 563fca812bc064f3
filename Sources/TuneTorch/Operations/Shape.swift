import CTuneTorch

// Axes count from the end when negative. What can be a view of the same memory is one.

extension Tensor {
    /// The elements in another shape; one size may be -1, found from the others.
    public func reshape(_ shape: [Int]) -> Tensor {
        .make("reshape", [self]) { tt_reshape(raw, shape, Int32(shape.count), $0) }
    }

    /// The same memory in another shape; fails where only a copy would do.
    public func view(_ shape: [Int]) -> Tensor {
        .make("view", [self]) { tt_view(raw, shape, Int32(shape.count), $0) }
    }

    /// Two axes exchanged.
    public func transpose(_ a: Int, _ b: Int) -> Tensor {
        .make("transpose", [self]) { tt_transpose(raw, Int64(a), Int64(b), $0) }
    }

    /// The axes in another order.
    public func permute(_ dims: [Int]) -> Tensor {
        .make("permute", [self]) { tt_permute(raw, dims, Int32(dims.count), $0) }
    }

    /// A new axis of size 1 at `dim`.
    public func unsqueeze(_ dim: Int) -> Tensor {
        .make("unsqueeze", [self]) { tt_unsqueeze(raw, Int64(dim), $0) }
    }

    /// Without the axis `dim` when its size is 1; without every such axis when nil.
    public func squeeze(_ dim: Int? = nil) -> Tensor {
        .make("squeeze", [self]) {
            if let dim { tt_squeeze_dim(raw, Int64(dim), $0) } else { tt_squeeze(raw, $0) }
        }
    }

    /// Axes of size 1 repeated without copying; -1 keeps a size.
    public func expand(_ shape: [Int]) -> Tensor {
        .make("expand", [self]) { tt_expand(raw, shape, Int32(shape.count), $0) }
    }

    /// The axes `first` to `last` made one.
    public func flatten(from first: Int = 0, to last: Int = -1) -> Tensor {
        .make("flatten", [self]) { tt_flatten(raw, Int64(first), Int64(last), $0) }
    }

    /// One position of an axis, which disappears.
    public func select(dim: Int, index: Int) -> Tensor {
        .make("select", [self]) { tt_select(raw, Int64(dim), Int64(index), $0) }
    }

    /// A range of positions of an axis.
    public func narrow(dim: Int, start: Int, length: Int) -> Tensor {
        .make("narrow", [self]) { tt_narrow(raw, Int64(dim), Int64(start), Int64(length), $0) }
    }

    /// The positions of an axis that `indices`, one-dimensional, lists.
    public func indexSelect(dim: Int, indices: Tensor) -> Tensor {
        .make("indexSelect", [self, indices]) {
            tt_index_select(raw, Int64(dim), indices.raw, $0)
        }
    }

    /// The element at `index` along an axis, for every position of `index`.
    public func gather(dim: Int, index: Tensor) -> Tensor {
        .make("gather", [self, index]) { tt_gather(raw, Int64(dim), index.raw, $0) }
    }

    /// The elements with `value` wherever `mask` holds.
    public func maskedFill(mask: Tensor, value: Double) -> Tensor {
        .make("maskedFill", [self, mask]) { tt_masked_fill(raw, mask.raw, value, $0) }
    }

    /// The elements where `mask` holds, one-dimensional.
    public func maskedSelect(_ mask: Tensor) -> Tensor {
        .make("maskedSelect", [self, mask]) { tt_masked_select(raw, mask.raw, $0) }
    }

    /// The indices of the elements that are not zero, `[found, rank]`.
    public func nonzero() -> Tensor {
        .make("nonzero", [self]) { tt_nonzero(raw, $0) }
    }

    /// Tensors one after another along an axis.
    public static func cat(_ tensors: [Tensor], dim: Int = 0) -> Tensor {
        make("cat", tensors) { result in
            withRaw(tensors) { tt_cat($0, $1, Int64(dim), result) }
        }
    }

    /// Tensors of one shape along a new axis.
    public static func stack(_ tensors: [Tensor], dim: Int = 0) -> Tensor {
        make("stack", tensors) { result in
            withRaw(tensors) { tt_stack($0, $1, Int64(dim), result) }
        }
    }

    /// Gives `body` the handles of `tensors` and their number.
    static func withRaw<R>(
        _ tensors: [Tensor], _ body: (UnsafePointer<OpaquePointer>, Int32) -> R
    ) -> R {
        withExtendedLifetime(tensors) {
            body(tensors.map(\.raw), Int32(tensors.count))
        }
    }
}
