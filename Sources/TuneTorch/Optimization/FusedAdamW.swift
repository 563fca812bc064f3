import CTuneTorch

/// Updates parameters with AdamW in one pass over each, PyTorch's `_fused_adamw_`.
///
/// - Parameters:
///   - parameters: Changed in place.
///   - gradients: One per parameter.
///   - expAverages: The running means of the gradients, changed in place.
///   - expAverageSquares: The running means of their squares, changed in place.
///   - steps: One `float32` tensor without axes per parameter, the number of this update; the
///     caller has counted it.
///   - learningRate: The step size.
///   - beta1: The decay of the running means.
///   - beta2: The decay of the running means of squares.
///   - weightDecay: The decoupled decay of the parameters.
///   - epsilon: Added to the denominator.
///   - gradientFactor: What gradients are multiplied with on the way, as clipping asks; whether the
///     gradients themselves change is not defined.
public func fusedAdamW(
    parameters: [Tensor], gradients: [Tensor], expAverages: [Tensor],
    expAverageSquares: [Tensor], steps: [Tensor], learningRate: Double, beta1: Double,
    beta2: Double, weightDecay: Double, epsilon: Double, gradientFactor: Double = 1
) {
    let lists = [parameters, gradients, expAverages, expAverageSquares, steps]
    guard lists.allSatisfy({ $0.count == parameters.count }) else {
        let lengths = lists.map { "\($0.count)" }.joined(separator: ", ")
        report(
            TorchError(operation: "fusedAdamW", message: "the lists differ in length: \(lengths)"))
        return
    }
    let settings = tt_adamw_settings(
        learning_rate: learningRate, beta1: beta1, beta2: beta2, weight_decay: weightDecay,
        epsilon: epsilon, gradient_factor: gradientFactor)
    withExtendedLifetime(lists) {
        expect(
            "fusedAdamW",
            tt_fused_adamw(
                Int32(parameters.count), parameters.map(\.raw), gradients.map(\.raw),
                expAverages.map(\.raw), expAverageSquares.map(\.raw), steps.map(\.raw), settings))
    }
}

/// Counts an update: adds 1 to every tensor, each `float32` with one element.
///
/// On the CPU it takes no memory, so that an update cannot fail between its parts.
public func countSteps(_ steps: [Tensor]) {
    expect("countSteps", Tensor.withRaw(steps) { tt_count_steps($1, $0) }, steps)
}

/// The Euclidean norm over all gradients in one pass, the same for every number of threads.
///
/// - Returns: The norm, or nil when some gradient is not dense float32 on the CPU;
///   ``globalNorm(_:)`` works on all.
public func fusedGradientNorm(_ gradients: [Tensor]) -> Double? {
    var fits = false
    var norm = 0.0
    expect(
        "fusedGradientNorm",
        Tensor.withRaw(gradients) { tt_gradient_norm($1, $0, &fits, &norm) }, gradients)
    return fits ? norm : nil
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

/// Multiplies every tensor in place by the same number and looks for infinite elements and NaN.
///
/// - Parameters:
///   - tensors: Tensors of one type on one device.
///   - factor: The number, taken as float32.
/// - Returns: Whether some element was infinite or NaN; waits for the device.
public func unscaleInPlace(_ tensors: [Tensor], by factor: Double) -> Bool {
    guard let device = tensors.first?.device else { return false }
    let found = Tensor(scalar: 0, device: device)
    let number = Tensor(scalar: factor, device: device)
    expect(
        "unscaleInPlace",
        Tensor.withRaw(tensors) { tt_unscale_($1, $0, number.raw, found.raw) }, tensors)
    return found.item() != 0
}
