import Testing
import TuneTorch

struct ShapeTests {
    let a = Tensor([1, 2, 3, 4, 5, 6], [2, 3])

    @Test func shapesChange() {
        #expect(a.reshape([3, -1]).shape == [3, 2])
        #expect(a.view([6]).ints() == [1, 2, 3, 4, 5, 6])
        #expect(a.transpose(0, 1).ints() == [1, 4, 2, 5, 3, 6])
        #expect(a.unsqueeze(0).permute([2, 0, 1]).shape == [3, 1, 2])
        #expect(a.unsqueeze(-1).shape == [2, 3, 1])
        #expect(a.unsqueeze(1).squeeze(1).shape == [2, 3])
        #expect(a.unsqueeze(1).unsqueeze(0).squeeze().shape == [2, 3])
        #expect(a.unsqueeze(1).expand([-1, 4, 3]).shape == [2, 4, 3])
        #expect(a.flatten().shape == [6])
        #expect(a.unsqueeze(0).flatten(from: 0, to: 1).shape == [2, 3])
    }

    @Test func partsAreTaken() {
        #expect(a.select(dim: 1, index: -1).ints() == [3, 6])
        #expect(a.narrow(dim: 1, start: 1, length: 2).ints() == [2, 3, 5, 6])
        #expect(a.indexSelect(dim: 1, indices: Tensor([2, 0])).ints() == [3, 1, 6, 4])
        #expect(a.gather(dim: 1, index: Tensor([0, 2], [2, 1])).ints() == [1, 6])
        #expect(a.maskedSelect(a.gt(4)).ints() == [5, 6])
        #expect(a.gt(4).nonzero().ints() == [1, 1, 1, 2])
    }

    @Test func maskedElementsAreReplaced() {
        #expect(a.maskedFill(mask: a.le(4), value: -1).ints() == [-1, -1, -1, -1, 5, 6])
    }

    @Test func tensorsAreJoined() {
        #expect(Tensor.cat([a, a], dim: 1).shape == [2, 6])
        #expect(Tensor.cat([a, a.narrow(dim: 0, start: 0, length: 1)]).shape == [3, 3])
        #expect(Tensor.stack([a, a], dim: 2).shape == [2, 3, 2])
    }

    @Test func viewsShareMemory() {
        let base = Tensor.zeros([2, 2])
        base.select(dim: 0, index: 1).fill_(3)
        #expect(base.floats() == [0, 0, 3, 3])
    }
}
