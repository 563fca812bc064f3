import Testing
import TuneTorch

struct ComparisonTests {
    let a = Tensor([1, 2, 3])

    @Test func withNumbers() {
        #expect(a.eq(2).bools() == [false, true, false])
        #expect(a.ne(2).bools() == [true, false, true])
        #expect(a.lt(2).bools() == [true, false, false])
        #expect(a.le(2).bools() == [true, true, false])
        #expect(a.gt(2).bools() == [false, false, true])
        #expect(a.ge(2).bools() == [false, true, true])
        #expect(a.ge(2.5).bools() == [false, false, true])
    }

    @Test func withTensors() {
        let b = Tensor([3, 2, 1])
        #expect(a.eq(b).bools() == [false, true, false])
        #expect(a.lt(b).bools() == [true, false, false])
        #expect(a.where_(a.gt(b), b).ints() == [3, 2, 3])
    }

    @Test func largeIntegersAreComparedExactly() {
        #expect(Tensor([(1 << 40) + 1]).eq(Double(1 << 40)).bools() == [false])
    }

    @Test func truthValues() {
        let x = Tensor([true, true, false])
        let y = Tensor([true, false, false])
        #expect(x.logicalAnd(y).bools() == [true, false, false])
        #expect(x.logicalOr(y).bools() == [true, true, false])
        #expect(x.logicalNot().bools() == [false, false, true])
        #expect(!x.all().bools()[0] && x.any().bools()[0])
    }

    @Test func specialValues() {
        let values = Tensor([1, .infinity, .nan] as [Float])
        #expect(values.isfinite().bools() == [true, false, false])
        #expect(values.isnan().bools() == [false, false, true])
    }
}
