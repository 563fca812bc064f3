import Foundation
import Testing
import TuneBase
import TuneNN
import TuneTorch

/// A model whose logits are a matrix product, and so follow the precision.
private final class Product: Module, TrainableModel {
    let weight: Tensor = .ones([2, 2])
    let forwardArguments = ["x"]
    let configuration = JSONObject()

    func forward(_ batch: TensorBatch) throws -> ModelOutput {
        guard let x = batch["x"] else { throw TuneError(.badData, "The batch has no x.") }
        let logits = x.matmul(weight)
        return ModelOutput(loss: logits.sum(), logits: logits)
    }

    func savePretrained(_ directory: URL) throws {}
}

@Suite struct TrainableModelTests {
    /// 257 is not a bfloat16; the nearest are 256 and 258.
    private let batch = ["x": Tensor([257.0, 0.0] as [Float], [1, 2])]

    @Test func callsComputeInThePrecisionOfTheModelAndReturnFloat32() throws {
        let model = Product()
        #expect(try model(batch).logits.floats() == [257, 257])
        model.autocast = Autocast(.cpu, dtype: .bfloat16)
        let output = try model(batch)
        #expect(output.logits.floats() == [256, 256])
        #expect(output.logits.dtype == .float32)
        #expect(output.loss?.dtype == .float32)
        #expect(try model.forward(batch).logits.floats() == [257, 257])
    }

    @Test func otherTypesStayAsTheyAre() throws {
        let model = Product()
        model.to(.float64)
        model.autocast = Autocast(.cpu, dtype: .bfloat16)
        let wide = try model(batch.mapValues { $0.to(.float64) })
        #expect(wide.logits.dtype == .float64)
    }

    @Test func errorsOfTheModelComeThrough() {
        let model = Product()
        model.autocast = Autocast(.cpu, dtype: .bfloat16)
        #expect(throws: TuneError.self) { try model([:]) }
    }
}
