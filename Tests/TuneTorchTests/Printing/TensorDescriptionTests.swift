import Foundation
import Testing
import TuneBase
import TuneTorch

struct TensorDescriptionTests {
    @Test func textsAreThoseOfPyTorch() throws {
        for (name, value) in try Golden("texts").members {
            let text = try #require(value["text"]?.string)
            let shape = try #require(value["shape"]?.array).compactMap(\.int)
            let dtype = try #require(value["dtype"]?.string.flatMap { DType(name: $0) })
            let tensor =
                switch name {
                case "special": Tensor([.nan, .infinity, 1.5] as [Double], shape).to(dtype)
                case "long": Tensor.arange(2000).to(dtype).view(shape)
                default:
                    Tensor(
                        try #require(value["values"]?.array).compactMap(\.double), shape
                    ).to(dtype)
                }
            #expect(tensor.description == text, "\(name)")
        }
    }

    @Test func gradientsAreMentioned() {
        let tensor = Tensor([1.0])
        tensor.requiresGrad = true
        #expect(tensor.description == "tensor([1.], requires_grad=True)")
    }
}
