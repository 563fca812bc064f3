import Testing
import TuneTorch

/// Draws operands from a generator of its own, so that tests need not wait for one another.
struct Operands {
    private let generator = Generator()

    init(seed: UInt64) { generator.seed(seed) }

    /// Normal numbers that get a gradient.
    func leaf(_ shape: [Int], scale: Double = 1) -> Tensor {
        let tensor = fixed(shape, scale: scale)
        tensor.requiresGrad = true
        return tensor
    }

    /// Normal numbers without a gradient.
    func fixed(_ shape: [Int], scale: Double = 1) -> Tensor {
        Tensor.empty(shape).normal_(std: scale, generator: generator)
    }

    /// Even draws from 0..<count.
    func ids(_ shape: [Int], below count: Int) -> Tensor {
        let many = shape.reduce(1, *)
        let draws = Tensor.rand([many], generator: generator).floats()
        return Tensor(draws.map { min(count - 1, Int($0 * Float(count))) }, shape)
    }
}

/// Copies with the same needs for gradients, of another type.
func copies(of tensors: [Tensor], _ dtype: DType) -> [Tensor] {
    tensors.map { tensor in
        let copy = tensor.detached().clone().to(dtype)
        copy.requiresGrad = tensor.requiresGrad
        return copy
    }
}

/// The largest difference, in units of the largest number that is expected, at least 1.
func relativeError(_ found: Tensor, _ expected: Tensor) -> Double {
    guard found.shape == expected.shape else { return .infinity }
    let wanted = expected.detached().doubles()
    let scale = wanted.reduce(1) { max($0, abs($1)) }
    return zip(found.detached().doubles(), wanted).reduce(0) { worst, pair in
        let error = abs(pair.0 - pair.1) / scale
        return error.isNaN ? .infinity : max(worst, error)
    }
}

/// Computes a layer in one piece with float32 and by plain operations with float64, both with a
/// random gradient of the result, and expects equal results and gradients.
///
/// Gradients are compared where `operands` require them, by ``relativeError(_:_:)``. The exact
/// gradient of the operand `cancelling` is zero, so that rounding is all that is found there.
/// `autocast` applies to the fused form. One thread computes: threads of many tests at the same
/// time wait for one another most of the time.
func expectEqual(
    _ operands: [Tensor], tolerance: Double = 5e-6, cancelling: Int? = nil, _ name: String = "",
    autocast: Autocast? = nil, fused: ([Tensor]) -> Tensor, plain: ([Tensor]) -> Tensor,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let threads = TorchRuntime.threads
    defer { TorchRuntime.threads = threads }
    TorchRuntime.threads = 1
    let references = copies(of: operands, .float64)
    let found = withAutocast(autocast) { fused(operands) }
    let expected = plain(references)
    #expect(found.dtype == .float32, "\(name)", sourceLocation: sourceLocation)
    var errors = [relativeError(found, expected)]
    var limits = [tolerance]
    #expect(
        found.requiresGrad == expected.requiresGrad, "\(name)", sourceLocation: sourceLocation)
    if expected.requiresGrad {
        let gradient = Operands(seed: 99).fixed(expected.shape)
        found.backward(gradient: gradient)
        expected.backward(gradient: gradient.to(.float64))
        for (index, (operand, reference)) in zip(operands, references).enumerated() {
            limits.append(index == cancelling ? 30 * tolerance : tolerance)
            switch (operand.grad, reference.grad) {
            case (let gradient?, let wanted?): errors.append(relativeError(gradient, wanted))
            case (nil, nil): errors.append(0)
            default: errors.append(.infinity)
            }
        }
    }
    #expect(
        zip(errors, limits).allSatisfy { $0 <= $1 },
        "\(name): errors of the result and of each gradient: \(errors)",
        sourceLocation: sourceLocation)
}
