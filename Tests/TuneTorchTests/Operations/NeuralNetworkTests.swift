import Testing
import TuneTestSupport
import TuneTorch

struct NeuralNetworkTests {
    let golden: Golden

    init() throws { golden = try Golden("operations") }

    @Test func layerNorm() throws {
        let result = try golden.tensor("x").layerNorm(
            shape: [4], weight: golden.tensor("weight"), bias: golden.tensor("bias"), eps: 1e-12)
        #expect(try isClose(result, golden.tensor("layer_norm")))
    }

    @Test func activations() throws {
        let x = try golden.tensor("x")
        #expect(try isClose(x.gelu(), golden.tensor("gelu")))
        #expect(try isClose(x.gelu(approximate: .tanh), golden.tensor("gelu_tanh")))
        #expect(try isClose(x.silu(), golden.tensor("silu")))
        #expect(try isClose(x.mish(), golden.tensor("mish")))
        #expect(try isClose(x.erf(), golden.tensor("erf")))
        #expect(Tensor([-1.0, 2.0]).relu().floats() == [0, 2])
        #expect(Tensor([0.0]).sigmoid().item() == 0.5)
    }

    @Test func attention() throws {
        let (query, key, value) = try (
            golden.tensor("query"), golden.tensor("key"), golden.tensor("value")
        )
        let mask = Tensor([true, true, false], [1, 1, 1, 3])
        let masked = Tensor.scaledDotProductAttention(query, key, value, mask: mask)
        #expect(try isClose(masked, golden.tensor("attention")))
        let causal = Tensor.scaledDotProductAttention(
            query, key, value, isCausal: true, scale: 0.3)
        #expect(try isClose(causal, golden.tensor("attention_causal")))
    }

    @Test func embedding() throws {
        let table = Tensor([0.0, 0.0, 1.0, 2.0, 3.0, 4.0], [3, 2])
        table.requiresGrad = true
        let rows = Tensor.embedding(
            weight: table, indices: Tensor([2, 0], [1, 2]), paddingIndex: 0)
        #expect(rows.shape == [1, 2, 2] && rows.floats() == [3, 4, 0, 0])
        rows.sum().backward()
        #expect(try #require(table.grad).floats() == [0, 0, 0, 0, 1, 1])
    }

    @Test func rowsBeyondTheTableAreAnError() {
        #expect(throws: TorchError.self) {
            try catchingTorchErrors {
                Tensor.embedding(weight: .ones([3, 2]), indices: Tensor([3]))
            }
        }
    }

    @Test func dropoutKeepsTheScale() {
        let ones = Tensor.ones([10000])
        #expect(ones.dropout(p: 0.5, training: false).floats() == ones.floats())
        let dropped = withSharedRandomness { ones.dropout(p: 0.2, training: true) }
        #expect(Set(dropped.floats()) == [0, 1.25])
        #expect(abs(dropped.mean().item() - 1) < 0.1)
    }

    @Test func matrixProducts() {
        let a = Tensor([1.0, 2.0, 3.0, 4.0], [2, 2])
        #expect(a.matmul(a).floats() == [7, 10, 15, 22])
        #expect(a.matmul(Tensor([1.0, 1.0])).floats() == [3, 7])
        #expect(a.unsqueeze(0).expand([3, 2, 2]).matmul(a).shape == [3, 2, 2])
        #expect(a.linear(weight: a).floats() == [5, 11, 11, 25])
    }
}
