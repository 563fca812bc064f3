import Testing
import TuneTorch

struct TensorHostTests {
    @Test func elementsComeBack() {
        #expect(Tensor([1.5, -2.25] as [Float]).floats() == [1.5, -2.25])
        #expect(Tensor([0.1, 1e300] as [Double]).doubles() == [0.1, 1e300])
        #expect(Tensor([Int.max, Int.min]).ints() == [Int.max, Int.min])
        #expect(Tensor([true, false]).bools() == [true, false])
        #expect(Tensor([0, 2, -1]).bools() == [false, true, true])
    }

    @Test func elementsComeInRowMajorOrder() {
        let tensor = Tensor([1, 2, 3, 4], [2, 2]).transpose(0, 1)
        #expect(tensor.ints() == [1, 3, 2, 4])
        tensor.withUnsafeBytes { bytes in
            #expect(Array(bytes.bindMemory(to: Int.self)) == [1, 3, 2, 4])
        }
    }

    @Test func memoryCanBeWritten() {
        let tensor = Tensor.zeros([2], dtype: .int64)
        tensor.withUnsafeMutableBytes { $0.storeBytes(of: 9, toByteOffset: 8, as: Int.self) }
        #expect(tensor.ints() == [0, 9])
    }

    @Test func singleElements() {
        #expect(Tensor([3]).itemInt() == 3)
        #expect(Tensor([0.5]).item() == 0.5)
        #expect(Tensor([true]).itemInt() == 1)
    }

    @Test func trackedTensorsCanBeRead() {
        let tensor = Tensor([1.0, 2.0])
        tensor.requiresGrad = true
        #expect((tensor * 2).floats() == [2, 4])
    }
}
