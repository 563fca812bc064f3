import Testing
import TuneTorch

struct ReductionsTests {
    let a = Tensor([1.0, 2.0, 3.0, 4.0, 5.0, 7.0], [2, 3])

    @Test func overAllElements() {
        #expect(a.sum().item() == 22)
        #expect(a.max().item() == 7 && a.min().item() == 1)
        #expect(Tensor([1.0, 3.0]).mean().item() == 2)
        #expect(Tensor([3.0, 4.0]).norm().item() == 5)
        #expect(Tensor([true, true]).sum().itemInt() == 2)
    }

    @Test func overAxes() {
        #expect(a.sum(dims: [0]).floats() == [5, 7, 10])
        #expect(a.sum(dims: [-1], keepDim: true).shape == [2, 1])
        #expect(a.mean(dims: [0, 1]).item() == 22.0 / 6 || a.mean(dims: [0, 1]).rank == 0)
        #expect(a.max(dims: [1]).floats() == [3, 7])
        #expect(a.min(dims: [1]).floats() == [1, 4])
        #expect(a.gt(2).any(dims: [1]).bools() == [true, true])
        #expect(a.gt(2).all(dims: [1]).bools() == [false, true])
        #expect(Tensor([3.0, 4.0, 0.0, 0.0], [2, 2]).norm(dims: [1]).floats() == [5, 0])
    }

    @Test func positions() {
        #expect(a.argmax(dim: 1).ints() == [2, 2])
        #expect(a.argmin(dim: 0, keepDim: true).shape == [1, 3])
        let top = a.topk(2, dim: 1)
        #expect(top.values.floats() == [3, 2, 7, 5] && top.indices.ints() == [2, 1, 2, 1])
    }

    @Test func softmaxSumsToOne() {
        let rows = a.softmax(dim: 1)
        for sum in rows.sum(dims: [1]).floats() { #expect(abs(sum - 1) < 1e-6) }
        for (x, y) in zip(rows.log().floats(), a.logSoftmax(dim: 1).floats()) {
            #expect(abs(x - y) < 1e-5)
        }
    }

    @Test func runningSums() {
        #expect(Tensor([1, 1, 0, 1]).cumsum(dim: 0).ints() == [1, 2, 2, 3])
    }
}
