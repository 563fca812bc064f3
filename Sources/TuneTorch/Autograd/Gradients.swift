import CTuneTorch

extension Tensor {
    /// Whether operations on this tensor are recorded for gradients.
    public var requiresGrad: Bool {
        get { tt_requires_grad(raw) }
        nonmutating set {
            expect("requiresGrad", tt_set_requires_grad(raw, newValue), [self])
        }
    }

    /// The gradient that backward passes have accumulated; nil before the first.
    public var grad: Tensor? {
        get {
            var result: OpaquePointer?
            expect("grad", tt_grad(raw, &result))
            return result.map { Tensor(owning: $0) }
        }
        nonmutating set {
            withExtendedLifetime(newValue) {
                expect("grad", tt_set_grad(raw, newValue?.raw), [self])
            }
        }
    }

    /// Whether the tensor was made by the user, not by an operation that is recorded.
    public var isLeaf: Bool { tt_is_leaf(raw) }

    /// Adds the gradient of this tensor to ``grad`` of every leaf it was computed from.
    ///
    /// - Parameters:
    ///   - gradient: The gradient of this tensor itself; needed unless it has one element.
    ///   - retainGraph: Whether a further backward pass through the same graph will follow.
    public func backward(gradient: Tensor? = nil, retainGraph: Bool = false) {
        expect("backward", tt_backward(raw, gradient?.raw, retainGraph), [self])
    }

    /// Makes this tensor refer to the memory of `source`, keeping its place in the graph.
    public func setData(_ source: Tensor) {
        expect("setData", tt_set_data(raw, source.raw), [self, source])
    }
}

/// Whether operations are recorded for gradients.
public var isGradEnabled: Bool { tt_grad_enabled() }

/// Runs `body` without recording its operations for gradients.
public func withoutGradients<R>(_ body: () throws -> R) rethrows -> R {
    try withGradients(false, body)
}

/// Runs `body` with the recording of operations on or off.
public func withGradients<R>(_ enabled: Bool, _ body: () throws -> R) rethrows -> R {
    let previous = tt_grad_enabled()
    tt_set_grad_enabled(enabled)
    defer { tt_set_grad_enabled(previous) }
    return try body()
}
