import CTuneTorch

// Operands broadcast against each other. A tensor of integers stays one with an `Int` operand and
// becomes `float32` with a `Double`, as in Python.

extension Tensor {
    /// The element-wise sum.
    public static func + (a: Tensor, b: Tensor) -> Tensor { binary("+", TT_ADD, a, b) }
    /// The element-wise sum.
    public static func + (a: Tensor, b: Double) -> Tensor { binary("+", TT_ADD, a, .init(b)) }
    /// The element-wise sum.
    public static func + (a: Tensor, b: Int) -> Tensor { binary("+", TT_ADD, a, .init(b)) }
    /// The element-wise sum.
    public static func + (a: Double, b: Tensor) -> Tensor { b + a }
    /// The element-wise sum.
    public static func + (a: Int, b: Tensor) -> Tensor { b + a }

    /// The element-wise difference.
    public static func - (a: Tensor, b: Tensor) -> Tensor { binary("-", TT_SUB, a, b) }
    /// The element-wise difference.
    public static func - (a: Tensor, b: Double) -> Tensor { binary("-", TT_SUB, a, .init(b)) }
    /// The element-wise difference.
    public static func - (a: Tensor, b: Int) -> Tensor { binary("-", TT_SUB, a, .init(b)) }
    /// The element-wise difference.
    public static func - (a: Double, b: Tensor) -> Tensor { reversed("-", TT_SUB, .init(a), b) }
    /// The element-wise difference.
    public static func - (a: Int, b: Tensor) -> Tensor { reversed("-", TT_SUB, .init(a), b) }

    /// The element-wise product.
    public static func * (a: Tensor, b: Tensor) -> Tensor { binary("*", TT_MUL, a, b) }
    /// The element-wise product.
    public static func * (a: Tensor, b: Double) -> Tensor { binary("*", TT_MUL, a, .init(b)) }
    /// The element-wise product.
    public static func * (a: Tensor, b: Int) -> Tensor { binary("*", TT_MUL, a, .init(b)) }
    /// The element-wise product.
    public static func * (a: Double, b: Tensor) -> Tensor { b * a }
    /// The element-wise product.
    public static func * (a: Int, b: Tensor) -> Tensor { b * a }

    /// The element-wise quotient, never rounded: integers give `float32`.
    public static func / (a: Tensor, b: Tensor) -> Tensor { binary("/", TT_DIV, a, b) }
    /// The element-wise quotient.
    public static func / (a: Tensor, b: Double) -> Tensor { binary("/", TT_DIV, a, .init(b)) }
    /// The element-wise quotient.
    public static func / (a: Tensor, b: Int) -> Tensor { binary("/", TT_DIV, a, .init(b)) }
    /// The element-wise quotient.
    public static func / (a: Double, b: Tensor) -> Tensor { reversed("/", TT_DIV, .init(a), b) }
    /// The element-wise quotient.
    public static func / (a: Int, b: Tensor) -> Tensor { reversed("/", TT_DIV, .init(a), b) }

    /// The elements with their signs changed.
    public static prefix func - (a: Tensor) -> Tensor { unary("-", TT_NEG, a) }

    /// This tensor plus `alpha * other`, in one pass.
    public func adding(_ other: Tensor, alpha: Double) -> Tensor {
        .make("adding", [self, other]) { tt_add_scaled(raw, other.raw, alpha, $0) }
    }

    /// Every element raised to a power.
    public func pow(_ exponent: Double) -> Tensor {
        .binary("pow", TT_POW, self, .init(exponent))
    }

    /// The larger one of each two elements.
    public func maximum(_ other: Tensor) -> Tensor { .binary("maximum", TT_MAXIMUM, self, other) }

    /// The smaller one of each two elements.
    public func minimum(_ other: Tensor) -> Tensor { .binary("minimum", TT_MINIMUM, self, other) }
}

extension tt_scalar {
    init(_ value: Double) { self.init(is_integer: false, integer: 0, real: value) }

    init(_ value: Int) { self.init(is_integer: true, integer: Int64(value), real: 0) }
}

extension Tensor {
    static func unary(_ operation: StaticString, _ op: tt_unary_op, _ t: Tensor) -> Tensor {
        make(operation, [t]) { tt_unary(op, t.raw, $0) }
    }

    static func binary(
        _ operation: StaticString, _ op: tt_binary_op, _ a: Tensor, _ b: Tensor
    ) -> Tensor {
        make(operation, [a, b]) { tt_binary(op, a.raw, b.raw, $0) }
    }

    static func binary(
        _ operation: StaticString, _ op: tt_binary_op, _ a: Tensor, _ b: tt_scalar
    ) -> Tensor {
        make(operation, [a]) { tt_binary_scalar(op, a.raw, b, $0) }
    }

    private static func reversed(
        _ operation: StaticString, _ op: tt_binary_op, _ a: tt_scalar, _ b: Tensor
    ) -> Tensor {
        make(operation, [b]) { tt_scalar_binary(op, a, b.raw, $0) }
    }
}
