import CTuneTorch

/// The two forms of the GELU activation.
public enum GELUApproximation: Sendable {
    /// The exact form, with the error function.
    case none
    /// The form with the hyperbolic tangent.
    case tanh
}

extension Tensor {
    /// The absolute values.
    public func abs() -> Tensor { .unary("abs", TT_ABS, self) }
    /// The square roots.
    public func sqrt() -> Tensor { .unary("sqrt", TT_SQRT, self) }
    /// The reciprocals of the square roots.
    public func rsqrt() -> Tensor { .unary("rsqrt", TT_RSQRT, self) }
    /// The reciprocals.
    public func reciprocal() -> Tensor { .unary("reciprocal", TT_RECIPROCAL, self) }
    /// The exponentials.
    public func exp() -> Tensor { .unary("exp", TT_EXP, self) }
    /// The natural logarithms.
    public func log() -> Tensor { .unary("log", TT_LOG, self) }
    /// The sines.
    public func sin() -> Tensor { .unary("sin", TT_SIN, self) }
    /// The cosines.
    public func cos() -> Tensor { .unary("cos", TT_COS, self) }
    /// The hyperbolic tangents.
    public func tanh() -> Tensor { .unary("tanh", TT_TANH, self) }
    /// The values of the error function.
    public func erf() -> Tensor { .unary("erf", TT_ERF, self) }
    /// The signs: -1, 0 or 1.
    public func sign() -> Tensor { .unary("sign", TT_SIGN, self) }
    /// The next lower integers.
    public func floor() -> Tensor { .unary("floor", TT_FLOOR, self) }
    /// The nearest integers, halves to even.
    public func round() -> Tensor { .unary("round", TT_ROUND, self) }

    /// The logistic function.
    public func sigmoid() -> Tensor { .unary("sigmoid", TT_SIGMOID, self) }
    /// The rectifier: negative elements become zero.
    public func relu() -> Tensor { .unary("relu", TT_RELU, self) }
    /// The sigmoid linear unit, `x * sigmoid(x)`.
    public func silu() -> Tensor { .unary("silu", TT_SILU, self) }
    /// The Mish activation, `x * tanh(softplus(x))`.
    public func mish() -> Tensor { .unary("mish", TT_MISH, self) }

    /// The Gaussian error linear unit.
    public func gelu(approximate: GELUApproximation = .none) -> Tensor {
        .make("gelu", [self]) { tt_gelu(raw, approximate == .tanh, $0) }
    }

    /// The elements limited to a range; a missing bound does not limit.
    public func clamp(min lowest: Double? = nil, max highest: Double? = nil) -> Tensor {
        .make("clamp", [self]) { result in
            withOptionalPointer(lowest) { low in
                withOptionalPointer(highest) { high in tt_clamp(raw, low, high, result) }
            }
        }
    }
}

/// Gives `body` a pointer to the value, or nil.
func withOptionalPointer<R>(_ value: Double?, _ body: (UnsafePointer<Double>?) -> R) -> R {
    guard let value else { return body(nil) }
    return withUnsafePointer(to: value) { body($0) }
}
