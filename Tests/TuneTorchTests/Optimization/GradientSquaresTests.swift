import Testing
import TuneTestSupport
import TuneTorch

/// The norm of gradients that fused layers have just computed is known without reading them again,
/// and must stay that of the elements whatever happens to them meanwhile.
@Suite struct GradientSquaresTests {
    private let draw = Operands(seed: 21)

    private func expectNormOfElements(
        _ gradient: Tensor, _ comment: Comment, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let exact = globalNorm([gradient.to(.float64)]).item()
        let norm = try #require(fusedGradientNorm([gradient]), sourceLocation: sourceLocation)
        #expect(abs(norm - exact) < 1e-6 * exact, comment, sourceLocation: sourceLocation)
    }

    @Test func normIsThatOfTheGradient() throws {
        for (rows, inputs, outputs) in [
            (1, 16, 16), (9, 48, 100), (40, 300, 200), (1100, 64, 33), (3, 5, 7),
        ] {
            for isBFloat16 in [false, true] {
                let x = draw.leaf([rows, inputs])
                let weight = draw.leaf([outputs, inputs])
                for _ in 0..<2 {
                    withAutocast(isBFloat16 ? Autocast(.cpu, dtype: .bfloat16) : nil) {
                        x.fusedLinear(weight: weight).pow(2).sum()
                    }.backward()
                    // Added to the one before the second time.
                    try expectNormOfElements(
                        try #require(weight.grad), "\(rows) x \(inputs) x \(outputs)")
                }
            }
        }
    }

    @Test func changesOfTheGradientAreNoticed() throws {
        let weight = draw.leaf([32, 48])
        draw.leaf([20, 48]).fusedLinear(weight: weight).sum().backward()
        let gradient = try #require(weight.grad)
        withoutGradients { _ = gradient.mul_(3) }
        try expectNormOfElements(gradient, "by an operation")
        draw.leaf([2, 48]).fusedLinear(weight: weight).sum().backward()
        gradient.withUnsafeMutableBytes { $0.storeBytes(of: 1000, as: Float.self) }
        try expectNormOfElements(gradient, "in memory")
        draw.leaf([0, 48]).fusedLinear(weight: weight).sum().backward()
        try expectNormOfElements(gradient, "by nothing")
        (weight * 2).sum().backward()
        try expectNormOfElements(try #require(weight.grad), "by a plain operation")
    }

    @Test func partsOfTheGradientHaveNormsOfTheirOwn() throws {
        let weight = draw.leaf([32, 48])
        draw.leaf([20, 48]).fusedLinear(weight: weight).sum().backward()
        let gradient = try #require(weight.grad)
        try expectNormOfElements(gradient.narrow(dim: 0, start: 0, length: 8), "first rows")
        try expectNormOfElements(gradient.narrow(dim: 0, start: 8, length: 24), "last rows")
        try expectNormOfElements(gradient.clone(), "a copy")
    }
}
