import CTuneTorch

/// Updates parameters with AdamW in one pass over each, PyTorch's `_fused_adamw_`.
///
/// - Parameters:
///   - parameters: Changed in place.
///   - gradients: One per parameter; divided in place by `gradScale` when it is given.
///   - expAverages: The running means of the gradients, changed in place.
///   - expAverageSquares: The running means of their squares, changed in place.
///   - steps: One `float32` tensor without axes per parameter, the number of this update; the
///     caller has counted it.
///   - learningRate: The step size.
///   - beta1: The decay of the running means.
///   - beta2: The decay of the running means of squares.
///   - weightDecay: The decoupled decay of the parameters.
///   - epsilon: Added to the denominator.
///   - gradScale: The loss scale of `float16` training, one element.
///   - foundInf: Not zero where the update is to be skipped, one element.
public func fusedAdamW(
    parameters: [Tensor], gradients: [Tensor], expAverages: [Tensor],
    expAverageSquares: [Tensor], steps: [Tensor], learningRate: Double, beta1: Double,
    beta2: Double, weightDecay: Double, epsilon: Double, gradScale: Tensor? = nil,
    foundInf: Tensor? = nil
) {
    let lists = [parameters, gradients, expAverages, expAverageSquares, steps]
    guard lists.allSatisfy({ $0.count == parameters.count }) else {
        let lengths = lists.map { "\($0.count)" }.joined(separator: ", ")
        report(
            TorchError(operation: "fusedAdamW", message: "the lists differ in length: \(lengths)"))
        return
    }
    withExtendedLifetime(lists) {
        expect(
            "fusedAdamW",
            tt_fused_adamw(
                Int32(parameters.count), parameters.map(\.raw), gradients.map(\.raw),
                expAverages.map(\.raw), expAverageSquares.map(\.raw), steps.map(\.raw),
                learningRate, beta1, beta2, weightDecay, epsilon, gradScale?.raw, foundInf?.raw))
    }
}

/// The Euclidean norm over all tensors together, computed as `clip_grad_norm_` does: the norm of
/// the tensors' norms.
public func globalNorm(_ tensors: [Tensor]) -> Tensor {
    .make("globalNorm") { result in
        Tensor.withRaw(tensors) { tt_global_norm($1, $0, result) }
    }
}

/// Multiplies every tensor in place by the same one-element tensor.
public func scaleInPlace(_ tensors: [Tensor], by factor: Tensor) {
    expect("scaleInPlace", Tensor.withRaw(tensors) { tt_scale_all_($1, $0, factor.raw) }, [factor])
}
