import Testing
import TuneTorch

struct TensorCreationTests {
    @Test func literalsTakePythonsTypes() {
        #expect(Tensor([1.5, 2.5]).dtype == .float32)
        #expect(Tensor([1, 2]).dtype == .int64)
        #expect(Tensor([true, false]).dtype == .bool)
        #expect(Tensor([1.5, 2.5] as [Double]).dtype == .float64)
        #expect(Tensor([1, 2] as [UInt8]).dtype == .uint8)
        #expect(Tensor([1, 2] as [Int32]).dtype == .int32)
    }

    @Test func filledTensors() {
        #expect(Tensor.zeros([2, 2]).floats() == [0, 0, 0, 0])
        #expect(Tensor.ones([3], dtype: .int64).ints() == [1, 1, 1])
        #expect(Tensor.full([2], 2.5, dtype: .float64).doubles() == [2.5, 2.5])
        #expect(Tensor.full([2], 7, dtype: .int32).ints() == [7, 7])
        #expect(Tensor.arange(4).ints() == [0, 1, 2, 3])
        #expect(Tensor.empty([2, 5], dtype: .bfloat16).shape == [2, 5])
        #expect(Tensor.ones([2]).zerosLike().floats() == [0, 0])
    }

    @Test func bytesBecomeElements() {
        let values: [Int16] = [1, -2, 3]
        let tensor = values.withUnsafeBytes { Tensor(bytes: $0, shape: [3, 1], dtype: .int16) }
        #expect(tensor.ints() == [1, -2, 3] && tensor.shape == [3, 1])
    }
}
