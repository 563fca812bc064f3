import CTuneTorch

// As in PyTorch a trailing underscore marks what changes the tensor itself.

extension Tensor {
    /// Sets every element to `value`.
    @discardableResult
    public func fill_(_ value: Double) -> Tensor {
        change("fill_", tt_fill_(raw, value))
    }

    /// Sets every element to zero.
    @discardableResult
    public func zero_() -> Tensor { fill_(0) }

    /// Copies the elements of `source`, converted and broadcast.
    @discardableResult
    public func copy_(_ source: Tensor) -> Tensor {
        change("copy_", tt_copy_(raw, source.raw), [self, source])
    }

    /// Adds `alpha * other`.
    @discardableResult
    public func add_(_ other: Tensor, alpha: Double = 1) -> Tensor {
        change("add_", tt_add_(raw, other.raw, alpha), [self, other])
    }

    /// Adds a number.
    @discardableResult
    public func add_(_ value: Double) -> Tensor {
        change("add_", tt_add_scalar_(raw, exact(value)))
    }

    /// Subtracts `alpha * other`.
    @discardableResult
    public func sub_(_ other: Tensor, alpha: Double = 1) -> Tensor { add_(other, alpha: -alpha) }

    /// Multiplies by `other`.
    @discardableResult
    public func mul_(_ other: Tensor) -> Tensor {
        change("mul_", tt_mul_(raw, other.raw), [self, other])
    }

    /// Multiplies by a number.
    @discardableResult
    public func mul_(_ value: Double) -> Tensor {
        change("mul_", tt_mul_scalar_(raw, exact(value)))
    }

    /// Divides by `other`.
    @discardableResult
    public func div_(_ other: Tensor) -> Tensor {
        change("div_", tt_div_(raw, other.raw), [self, other])
    }

    /// Replaces every element by its square root.
    @discardableResult
    public func sqrt_() -> Tensor { change("sqrt_", tt_sqrt_(raw)) }

    /// Moves towards `end` by the share `weight` of the difference.
    @discardableResult
    public func lerp_(_ end: Tensor, weight: Double) -> Tensor {
        change("lerp_", tt_lerp_(raw, end.raw, weight), [self, end])
    }

    /// Adds `value * a * b`.
    @discardableResult
    public func addcmul_(_ a: Tensor, _ b: Tensor, value: Double = 1) -> Tensor {
        change("addcmul_", tt_addcmul_(raw, a.raw, b.raw, value), [self, a, b])
    }

    /// Adds `value * a / b`.
    @discardableResult
    public func addcdiv_(_ a: Tensor, _ b: Tensor, value: Double = 1) -> Tensor {
        change("addcdiv_", tt_addcdiv_(raw, a.raw, b.raw, value), [self, a, b])
    }

    func change(
        _ operation: StaticString, _ status: tt_status,
        _ operands: @autoclosure () -> [Tensor]? = nil
    ) -> Tensor {
        expect(operation, status, operands() ?? [self])
        return self
    }

    /// The number as an integer where that is exact: integer tensors take nothing else.
    private func exact(_ value: Double) -> tt_scalar {
        guard !dtype.isFloatingPoint, let integer = Int(exactly: value) else {
            return tt_scalar(value)
        }
        return tt_scalar(integer)
    }
}
