import Testing
import TuneTestSupport
import TuneTorch

struct MatrixProductTests {
    @Test(arguments: MatrixProduct.Kind.allCases, [false, true])
    func everyPathIsMeasured(kind: MatrixProduct.Kind, isBFloat16: Bool) throws {
        let product = MatrixProduct(
            kind, rows: 32, inputs: 48, outputs: 64, isBFloat16: isBFloat16)
        try withSharedRandomness {
            for path in [MatrixProduct.Path.fused, .libtorch] {
                let seconds = try #require(try product.shortestTime(by: path, budget: 0.001))
                #expect(seconds > 0 && seconds < 1)
            }
            if let seconds = try product.shortestTime(by: .oneDNN, budget: 0.001) {
                #expect(seconds > 0)
            }
        }
    }

    @Test func operationsAreMultiplicationsAndAdditions() {
        #expect(MatrixProduct(.forward, rows: 2, inputs: 3, outputs: 5).operations == 60)
    }

    @Test func emptyMatricesAreRefused() {
        let product = MatrixProduct(.forward, rows: 0, inputs: 3, outputs: 5)
        #expect(throws: TorchError.self) { try product.shortestTime(by: .fused) }
    }
}
