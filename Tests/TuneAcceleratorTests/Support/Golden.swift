import Foundation
import Testing
import TuneBase
import TuneNN
import TuneTestSupport
import TuneTorch

/// Training loops by Python's Accelerator, made by `Tools/goldens/accelerator.py`.
struct Golden {
    private let json: JSONValue

    init() throws {
        json = try JSONValue(contentsOf: URL(fileURLWithPath: fixtures() + "/loops.json"))
    }

    /// The model with the weights from which Python started.
    func classifier() throws -> Classifier {
        let model = Classifier()
        for (name, parameter) in model.namedParameters() {
            let values = Tensor(try numbers(json["weights"]?[name]), parameter.shape)
            withoutGradients { _ = parameter.copy_(values) }
        }
        return model
    }

    /// The batches in order.
    func batches() throws -> [TensorBatch] {
        try #require(json["batches"]?.array).map { batch in
            let labels = try #require(batch["labels"]?.array?.mapAll { $0.int })
            let x = try numbers(batch["x"])
            return [
                "x": Tensor(x, [labels.count, x.count / labels.count]), "labels": Tensor(labels),
            ]
        }
    }

    /// The loss of each step, and the logits of the last one.
    func loop(_ precision: String) throws -> (losses: [Float], logits: [Float]) {
        let loop = try #require(json["loops"]?[precision])
        return (try numbers(loop["losses"]), try numbers(loop["logits"]))
    }

    /// How far a loss may be from Python's.
    func tolerance(_ precision: String) throws -> Float {
        Float(try #require(json["tolerance"]?[precision]?.double))
    }

    /// All numbers of nested arrays, in order.
    private func numbers(_ value: JSONValue?) throws -> [Float] {
        let value = try #require(value)
        return try value.array?.flatMap(numbers) ?? [Float(try #require(value.double))]
    }
}
