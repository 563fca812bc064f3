import Testing
import TuneTestSupport
import TuneTorch

/// Values that PyTorch gives for the same seeds.
struct GeneratorTests {
    @Test func permutationsFollowPyTorch() {
        let generator = Generator()
        generator.seed(42)
        #expect(Tensor.randperm(10, generator: generator).ints() == [2, 6, 1, 8, 4, 5, 0, 9, 3, 7])
        generator.seed(43)
        #expect(Tensor.randperm(10, generator: generator).ints() == [8, 4, 9, 0, 5, 1, 6, 7, 2, 3])
        #expect(generator.initialSeed == 43)
    }

    @Test func permutationOfADatasetFollowsPyTorch() {
        let generator = Generator()
        generator.seed(42)
        let order = Tensor.randperm(3668, generator: generator).ints()
        #expect(order.prefix(8) == [3130, 2085, 762, 3357, 2158, 3436, 256, 1426])
        #expect(order.sorted() == Array(0..<3668))
    }

    @Test func wholeRangeDrawFollowsPyTorch() {
        withSharedRandomness {
            manualSeed(42)
            #expect(
                Tensor.empty([], dtype: .int64).random_().itemInt() == 6_909_045_637_428_952_499)
            #expect(initialSeed() == 42)
        }
    }

    @Test func normalDrawsFollowPyTorch() {
        withSharedRandomness {
            manualSeed(42)
            let values = Tensor.empty([2, 768]).normal_(std: 0.02).doubles()
            let first = [0.03853830322623253, 0.02974568121135235, 0.018014343455433846]
            let last = [0.006498190574347973, 0.02638014778494835]
            for (value, expected) in zip(values.prefix(3), first) {
                #expect(abs(value - expected) < 1e-6)
            }
            for (value, expected) in zip(values.suffix(2), last) {
                #expect(abs(value - expected) < 1e-6)
            }
        }
    }

    @Test func stateContinuesTheSequence() throws {
        let generator = Generator()
        generator.seed(7)
        _ = Tensor.randn([5], generator: generator)
        let state = generator.state
        #expect(state.count == 5056)
        let expected = Tensor.rand([20], generator: generator).floats()
        #expect(Tensor.rand([20], generator: generator).floats() != expected)
        try generator.setState(state)
        #expect(Tensor.rand([20], generator: generator).floats() == expected)
    }

    @Test func foreignStateIsRefused() {
        #expect(throws: TorchError.self) { try Generator().setState([1, 2, 3]) }
    }

    @Test func defaultGeneratorIsTheOneThatOperationsUse() throws {
        try withSharedRandomness {
            manualSeed(3)
            let state = Generator.default.state
            let expected = Tensor.randn([16]).floats()
            try Generator.default.setState(state)
            #expect(Tensor.randn([16]).floats() == expected)
            manualSeed(3)
            #expect(Generator.default.state == state)
        }
    }
}
