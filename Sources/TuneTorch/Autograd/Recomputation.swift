import CTuneTorch

extension Tensor {
    /// `body` of this tensor, of which only this tensor is kept for the backward pass; that pass
    /// runs `body` again (activation checkpointing, Python's `torch.utils.checkpoint.checkpoint`).
    ///
    /// The second run draws the same random numbers from the default generator of this tensor's
    /// device and computes in the same mixed precision, so that results and gradients have the bits
    /// they have without recomputation. Without recording of gradients, `body` runs once.
    ///
    /// - Parameter body: Computes a tensor from this one and from parameters, the same each time;
    ///   its gradients flow to this tensor and to the parameters.
    /// - Returns: What `body` returns.
    public func recomputed(_ body: @escaping (Tensor) -> Tensor) -> Tensor {
        guard isGradEnabled else { return body(self) }
        let segment = Unmanaged.passRetained(RecomputedSegment(body))
        let function = tt_function(
            run: runSegment, release: { Unmanaged<RecomputedSegment>.fromOpaque($0).release() },
            context: segment.toOpaque())
        return .make("recomputed", [self]) { tt_recomputed(raw, function, $0) }
    }
}

/// Keeps a closure for the C interface.
private final class RecomputedSegment {
    let body: (Tensor) -> Tensor

    init(_ body: @escaping (Tensor) -> Tensor) { self.body = body }
}

/// Runs a segment; its failure goes back through the C interface as a status.
private func runSegment(
    _ context: UnsafeMutableRawPointer, _ x: OpaquePointer, _ result: OpaquePointer
) -> tt_status {
    let input = Tensor(owning: x)
    let segment = Unmanaged<RecomputedSegment>.fromOpaque(context).takeUnretainedValue()
    do {
        let output = try catchingTorchErrors { segment.body(input) }
        return tt_assign(result, output.raw)
    } catch let error as TorchError {
        let status = error.isOutOfMemory ? TT_OUT_OF_MEMORY : TT_FAILED
        return tt_fail(tt_status(status), error.description)
    } catch {
        return tt_fail(tt_status(TT_FAILED), "\(error)")
    }
}
