import Testing
import TuneTorch

struct ArithmeticTests {
    let a = Tensor([1.0, 2.0, 3.0])
    let b = Tensor([4.0, 5.0, 6.0])

    @Test func betweenTensors() {
        #expect((a + b).floats() == [5, 7, 9])
        #expect((a - b).floats() == [-3, -3, -3])
        #expect((a * b).floats() == [4, 10, 18])
        #expect((b / a).floats() == [4, 2.5, 2])
        #expect((-a).floats() == [-1, -2, -3])
        #expect(a.maximum(Tensor([2.0, 2.0, 2.0])).floats() == [2, 2, 3])
        #expect(a.minimum(Tensor([2.0, 2.0, 2.0])).floats() == [1, 2, 2])
    }

    @Test func withNumbersOnEitherSide() {
        #expect((a + 1.5).floats() == [2.5, 3.5, 4.5])
        #expect((1 + a).floats() == [2, 3, 4])
        #expect((a - 1).floats() == [0, 1, 2])
        #expect((1.0 - a).floats() == [0, -1, -2])
        #expect((2 * a).floats() == [2, 4, 6])
        #expect((a / 2).floats() == [0.5, 1, 1.5])
        #expect((6 / a).floats() == [6, 3, 2])
        #expect(a.pow(2).floats() == [1, 4, 9])
    }

    @Test func integersStayIntegersWithIntegers() {
        let integers = Tensor([1, 2])
        #expect((integers * 2).dtype == .int64)
        #expect((1 - integers).ints() == [0, -1])
        #expect((integers * 2.5).dtype == .float32)
        #expect((integers / 2).floats() == [0.5, 1])
    }

    @Test func operandsBroadcast() {
        let column = Tensor([10.0, 20.0], [2, 1])
        #expect((column + a).shape == [2, 3])
        #expect((column + a).floats() == [11, 12, 13, 21, 22, 23])
    }
}
