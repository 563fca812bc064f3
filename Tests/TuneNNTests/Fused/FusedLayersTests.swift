import Testing
import TuneNN
import TuneTestSupport
import TuneTorch

/// Layers in both modes: the same results up to rounding, and the plain form where the fused one
/// does not apply.
@Suite struct FusedLayersTests {
    private let generator = Generator()

    private func draw(_ shape: [Int]) -> Tensor {
        Tensor.empty(shape).normal_(generator: generator)
    }

    /// Gives every parameter drawn values.
    private func drawn<Layer: Module>(_ layer: Layer) -> Layer {
        withoutGradients {
            for (_, parameter) in layer.namedParameters() {
                _ = parameter.normal_(std: 0.5, generator: generator)
            }
        }
        return layer
    }

    private func expectEqualModes(
        _ layer: () -> Tensor, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let results = ExecutionMode.allCases.map { mode in
            ExecutionMode.$current.withValue(mode) { layer() }
        }
        #expect(results[0].dtype == results[1].dtype, sourceLocation: sourceLocation)
        #expect(results[0].shape == results[1].shape, sourceLocation: sourceLocation)
        let worst = zip(results[0].doubles(), results[1].doubles()).map { abs($0 - $1) }.max() ?? 0
        #expect(worst < 1e-4, sourceLocation: sourceLocation)
    }

    @Test(arguments: Activation.allCases)
    func feedForwardIsTheSame(activation: Activation) {
        let (inner, outer, norm) = (
            drawn(Linear(20, 33)), drawn(Linear(33, 20)), drawn(LayerNorm(20))
        )
        let x = draw([2, 3, 20])
        expectEqualModes {
            feedForward(
                x, inner: inner, activation: activation, outer: outer, dropout: Dropout(0),
                norm: norm)
        }
    }

    @Test(arguments: [DType.float64, .float32, .bfloat16])
    func otherTypesTakeThePlainForm(dtype: DType) {
        let (dense, norm) = (drawn(Linear(20, 33)), drawn(LayerNorm(33)))
        let (x, residual) = (draw([3, 20]).to(dtype), draw([3, 33]).to(dtype))
        dense.to(dtype)
        norm.to(dtype)
        guard dtype != .bfloat16 else { return }
        expectEqualModes {
            residualNorm(x, dense: dense, dropout: Dropout(0), residual: residual, norm: norm)
        }
    }

    @Test func dropoutAppliesInTrainingOnly() {
        withSharedRandomness {
            let (dense, norm) = (drawn(Linear(16, 16)), drawn(LayerNorm(16)))
            let (x, dropout) = (draw([5, 16]), Dropout(0.5))
            func layer() -> [Float] {
                residualNorm(x, dense: dense, dropout: dropout, residual: x, norm: norm).floats()
            }
            #expect(layer() != layer())
            dropout.eval()
            #expect(layer() == layer())
        }
    }

    private func embedding(padding: Int? = nil) -> TokenEmbedding {
        TokenEmbedding(
            words: drawn(Embedding(30, 12, paddingIndex: padding)), types: drawn(Embedding(2, 12)),
            positions: drawn(Embedding(9, 12)), norm: drawn(LayerNorm(12)), dropout: Dropout(0))
    }

    @Test func tokenEmbeddingIsTheSame() {
        let embed = embedding(padding: 0)
        let (words, types) = (Tensor([3, 0, 29, 3], [2, 2]), Tensor([0, 1, 1, 0], [2, 2]))
        expectEqualModes { embed(words, types: types, positions: Tensor([0, 1, 0, 8], [2, 2])) }
    }

    /// What the plain form takes, the other takes too.
    @Test func idsMayBroadcastAndBeOfOtherIntegers() {
        let embed = embedding()
        let words = Tensor([3, 0, 29, 3], [2, 2])
        let (types, positions) = (Tensor([0, 1], [1, 2]), Tensor([0, 1, 0, 8], [2, 2]))
        expectEqualModes { embed(words, types: types, positions: positions) }
        expectEqualModes { embed(words, types: positions.ne(0).to(.int64), positions: types) }
        expectEqualModes {
            embed(
                words.to(.int32), types: positions.ne(0).to(.int32), positions: positions.to(.int32)
            )
        }
    }
}
