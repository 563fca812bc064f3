import CTuneTorch

extension Tensor {
    /// Where elements are equal.
    public func eq(_ other: Tensor) -> Tensor { .binary("eq", TT_EQ, self, other) }
    /// Where elements equal a number.
    public func eq(_ other: Double) -> Tensor { .binary("eq", TT_EQ, self, exact(other)) }
    /// Where elements differ.
    public func ne(_ other: Tensor) -> Tensor { .binary("ne", TT_NE, self, other) }
    /// Where elements differ from a number.
    public func ne(_ other: Double) -> Tensor { .binary("ne", TT_NE, self, exact(other)) }
    /// Where elements are less.
    public func lt(_ other: Tensor) -> Tensor { .binary("lt", TT_LT, self, other) }
    /// Where elements are less than a number.
    public func lt(_ other: Double) -> Tensor { .binary("lt", TT_LT, self, exact(other)) }
    /// Where elements are less or equal.
    public func le(_ other: Tensor) -> Tensor { .binary("le", TT_LE, self, other) }
    /// Where elements are at most a number.
    public func le(_ other: Double) -> Tensor { .binary("le", TT_LE, self, exact(other)) }
    /// Where elements are greater.
    public func gt(_ other: Tensor) -> Tensor { .binary("gt", TT_GT, self, other) }
    /// Where elements are greater than a number.
    public func gt(_ other: Double) -> Tensor { .binary("gt", TT_GT, self, exact(other)) }
    /// Where elements are greater or equal.
    public func ge(_ other: Tensor) -> Tensor { .binary("ge", TT_GE, self, other) }
    /// Where elements are at least a number.
    public func ge(_ other: Double) -> Tensor { .binary("ge", TT_GE, self, exact(other)) }

    /// Where elements are zero.
    public func logicalNot() -> Tensor { .unary("logicalNot", TT_LOGICAL_NOT, self) }
    /// Where neither element is zero.
    public func logicalAnd(_ other: Tensor) -> Tensor {
        .binary("logicalAnd", TT_LOGICAL_AND, self, other)
    }
    /// Where not both elements are zero.
    public func logicalOr(_ other: Tensor) -> Tensor {
        .binary("logicalOr", TT_LOGICAL_OR, self, other)
    }
    /// Where elements are neither infinite nor NaN.
    public func isfinite() -> Tensor { .unary("isfinite", TT_IS_FINITE, self) }
    /// Where elements are NaN.
    public func isnan() -> Tensor { .unary("isnan", TT_IS_NAN, self) }

    /// This tensor's elements where `mask` holds, those of `other` elsewhere.
    public func where_(_ mask: Tensor, _ other: Tensor) -> Tensor {
        .make("where_", [self, mask, other]) { tt_where(mask.raw, raw, other.raw, $0) }
    }

    /// The number as an integer where that is exact, so that `int64` is not compared as `float32`.
    private func exact(_ value: Double) -> tt_scalar {
        Int(exactly: value).map { tt_scalar($0) } ?? tt_scalar(value)
    }
}
