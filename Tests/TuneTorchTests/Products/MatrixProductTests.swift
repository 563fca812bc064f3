import Testing
import TuneTestSupport
import TuneTorch

struct MatrixProductTests {
    @Test(arguments: MatrixProduct.Kind.allCases, [false, true])
    func everyPathIsMeasured(kind: MatrixProduct.Kind, isBFloat16: Bool) throws {
        for weights in [1, 3] {
            let product = MatrixProduct(
                kind, rows: 40, inputs: 48, outputs: 64, weights: weights, isBFloat16: isBFloat16)
            try withSharedRandomness {
                let times = try product.times(budget: 0.001)
                #expect(Set(times.keys) == Set(MatrixProduct.Path.allCases.filter(product.has)))
                #expect(times[.libtorch] != nil && times[product.usualPath] != nil)
                for time in times.values {
                    #expect(time.shortest > 0 && time.shortest <= time.median && time.median < 5)
                }
                #expect(try product.peakTime(budget: 0.001) > 0)
            }
        }
    }

    /// The first run, which compiles a product, never stands for a path: of one run, the median is the
    /// shortest.
    @Test func compilationIsNotMeasured() throws {
        try withSharedRandomness {
            func product(_ outputs: Int) -> MatrixProduct {
                MatrixProduct(.inputGradient, rows: 70, inputs: 24, outputs: outputs)
            }
            // A library that compiles nothing is slow at its first product of all only.
            _ = try product(16).times(budget: 0)
            var repeated: [MatrixProduct.Path: Int] = [:]
            // Sizes that no other test has compiled.
            for outputs in [22, 26, 28] {
                for (path, time) in try product(outputs).times(budget: 0.01) {
                    repeated[path, default: 0] += time.median > time.shortest ? 1 : 0
                }
            }
            // Two times may be equal by chance, but not again and again.
            #expect(repeated.count > 0 && repeated.values.allSatisfy { $0 >= 2 }, "\(repeated)")
        }
    }

    /// Operands of a measurement are no draws: a training goes on as if there had been none.
    @Test func measuringDrawsNoRandomNumbers() throws {
        try withSharedRandomness {
            Generator.default.seed(3)
            let expected = Tensor.rand([4]).floats()
            Generator.default.seed(3)
            _ = try MatrixProduct(.forward, rows: 70, inputs: 16, outputs: 16).times(budget: 0)
            #expect(Tensor.rand([4]).floats() == expected)
        }
    }

    @Test func operationsAreMultiplicationsAndAdditions() {
        #expect(MatrixProduct(.forward, rows: 2, inputs: 3, outputs: 5).operations == 60)
        #expect(
            MatrixProduct(.inputGradient, rows: 2, inputs: 3, outputs: 5, weights: 3).operations
                == 180)
        #expect(
            MatrixProduct(.weightGradient, rows: 2, inputs: 3, outputs: 5, weights: 3).weights == 1)
    }

    @Test func emptyMatricesAreRefused() {
        let product = MatrixProduct(.forward, rows: 0, inputs: 3, outputs: 5)
        #expect(throws: TorchError.self) { try product.times() }
        #expect(throws: TorchError.self) { try product.peakTime() }
    }
}
