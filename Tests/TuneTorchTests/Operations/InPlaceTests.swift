import Testing
import TuneTorch

struct InPlaceTests {
    @Test func elementsChange() {
        let x = Tensor([1.0, 2.0])
        #expect(x.fill_(3).floats() == [3, 3])
        #expect(x.copy_(Tensor([1, 2])).floats() == [1, 2])
        #expect(x.add_(Tensor([1.0, 1.0]), alpha: 2).floats() == [3, 4])
        #expect(x.sub_(Tensor([1.0, 1.0])).floats() == [2, 3])
        #expect(x.mul_(2).mul_(Tensor([1.0, 0.5])).floats() == [4, 3])
        #expect(x.div_(Tensor([2.0, 3.0])).add_(2).floats() == [4, 3])
        #expect(x.mul_(x).sqrt_().floats() == [4, 3])
        #expect(x.lerp_(Tensor([0.0, 1.0]), weight: 0.5).floats() == [2, 2])
        #expect(x.addcmul_(x, x, value: 0.5).floats() == [4, 4])
        #expect(x.addcdiv_(x, Tensor([2.0, 4.0]), value: 2).floats() == [8, 6])
        #expect(x.zero_().floats() == [0, 0])
    }

    @Test func integersTakeIntegers() {
        #expect(Tensor([1, 2]).add_(3).mul_(2).ints() == [8, 10])
        #expect(Tensor([1, 2]).add_(Tensor([1, 1]), alpha: 2).ints() == [3, 4])
        #expect(throws: TorchError.self) { try catchingTorchErrors { Tensor([1]).mul_(0.5) } }
        #expect(throws: TorchError.self) {
            try catchingTorchErrors { Tensor([1]).add_(Tensor([1]), alpha: 0.5) }
        }
    }
}
