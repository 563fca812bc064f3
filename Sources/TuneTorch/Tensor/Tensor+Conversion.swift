import CTuneTorch

extension Tensor {
    /// The elements converted to another type; this tensor itself when it has that type.
    public func to(_ dtype: DType) -> Tensor {
        .make("to", [self]) { tt_to_dtype(raw, dtype.rawValue, $0) }
    }

    /// The elements on another device; this tensor itself when it is there.
    public func to(_ device: Device) -> Tensor { to(device, nonBlocking: false) }

    /// The elements on another device.
    ///
    /// - Parameters:
    ///   - device: Where the elements go.
    ///   - nonBlocking: Whether a copy from pinned memory may still run when this returns.
    /// - Returns: The copy, or this tensor itself when it is there.
    public func to(_ device: Device, nonBlocking: Bool) -> Tensor {
        .make("to", [self]) { tt_to_device(raw, device.raw, nonBlocking, $0) }
    }

    /// The elements in row-major order without gaps; this tensor itself when they are.
    public func contiguous() -> Tensor {
        .make("contiguous", [self]) { tt_contiguous(raw, $0) }
    }

    /// A copy with its own memory, through which gradients flow.
    public func clone() -> Tensor {
        .make("clone", [self]) { tt_clone(raw, $0) }
    }

    /// The same memory, cut off from the graph of gradients.
    public func detached() -> Tensor {
        .make("detached", [self]) { tt_detach(raw, $0) }
    }
}
