import Testing
import TuneTorch

struct TensorTests {
    @Test func factsOfATensor() {
        let tensor = Tensor([1, 2, 3, 4, 5, 6], [2, 3])
        #expect(tensor.shape == [2, 3])
        #expect(tensor.rank == 2 && tensor.count == 6)
        #expect(tensor.size(-1) == 3 && tensor.size(0) == 2)
        #expect(tensor.dtype == .int64 && tensor.device == .cpu)
        #expect(tensor.isDefined && tensor.isContiguous)
        #expect(!tensor.transpose(0, 1).isContiguous)
    }

    @Test func sameTensorIsNotAnEqualOne() {
        let tensor = Tensor([1.0])
        let copy = tensor
        #expect(tensor.isSame(as: copy))
        #expect(!tensor.isSame(as: tensor.clone()))
    }

    @Test func tensorWithoutAxes() {
        let tensor = Tensor(scalar: 2.5)
        #expect(tensor.shape == [] && tensor.count == 1 && tensor.item() == 2.5)
    }

    @Test func tensorWithoutElements() {
        let tensor = Tensor.zeros([0, 4])
        #expect(tensor.count == 0 && tensor.floats() == [] && tensor.shape == [0, 4])
        #expect(Tensor([] as [Int]).dtype == .int64)
    }
}
