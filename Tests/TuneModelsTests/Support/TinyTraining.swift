import Testing
import TuneModels
import TuneNN
import TuneTorch

/// A small BERT from scratch, drawn from the default generator.
///
/// Its outputs depend on their inputs much more than those of a model drawn as usual.
func tinyBERT(
    width: Int = 32, dropout: Double = 0, layers: Int = 2, seed: UInt64 = 0
) throws -> BERTForSequenceClassification {
    var config = BERTConfig()
    (config.vocabSize, config.maxPositionEmbeddings) = (60, 80)
    (config.hiddenSize, config.intermediateSize) = (width, 4 * width)
    (config.numHiddenLayers, config.numAttentionHeads) = (layers, 4)
    (config.hiddenDropoutProb, config.attentionProbsDropoutProb) = (dropout, dropout)
    config.initializerRange = 0.2
    manualSeed(seed)
    let model = try BERTForSequenceClassification(config)
    model.train()
    return model
}

/// A batch of random ids; `mask` has a row per sequence, 1 at real tokens.
func tinyBatch(mask: [[Int]], seed: UInt64) -> TensorBatch {
    let generator = Generator()
    generator.seed(seed)
    let (rows, length) = (mask.count, mask.first?.count ?? 0)
    func ids(below count: Int) -> Tensor {
        let draws = Tensor.rand([rows * length], generator: generator).floats()
        return Tensor(draws.map { min(count - 1, Int($0 * Float(count))) }, [rows, length])
    }
    return [
        "input_ids": ids(below: 60), "token_type_ids": ids(below: 2),
        "attention_mask": Tensor(mask.flatMap(\.self), [rows, length]),
        "labels": Tensor((0..<rows).map { $0 % 2 }),
    ]
}

/// A mask for rows of the given lengths, padded to the longest.
func paddingMask(_ lengths: [Int]) -> [[Int]] {
    lengths.map { length in (0..<(lengths.max() ?? 0)).map { $0 < length ? 1 : 0 } }
}

/// Runs `body` with a number of threads; with one, tests at the same time do not wait for one
/// another's threads.
func withThreads<R>(_ count: Int, _ body: () throws -> R) rethrows -> R {
    let before = TorchRuntime.threads
    defer { TorchRuntime.threads = before }
    TorchRuntime.threads = count
    return try body()
}

/// Trains with AdamW on batches whose lengths change from step to step; gives the losses.
func trainTiny(
    _ model: BERTForSequenceClassification, steps: Int, mode: ExecutionMode = .fast
) throws -> [Double] {
    let parameters = model.namedParameters().map(\.tensor)
    let averages = parameters.map { $0.zerosLike() }
    let squares = parameters.map { $0.zerosLike() }
    return try (0..<steps).map { step in
        let lengths = (0..<8).map { 1 + (step * 37 + $0 * 29) % 64 }
        let batch = tinyBatch(mask: paddingMask(lengths), seed: UInt64(step))
        let loss = try ExecutionMode.$current.withValue(mode) {
            try #require(try model(batch).loss)
        }
        loss.backward()
        fusedAdamW(
            parameters: parameters, gradients: try parameters.map { try #require($0.grad) },
            expAverages: averages, expAverageSquares: squares,
            steps: parameters.map { _ in Tensor(scalar: Double(step + 1)) }, learningRate: 1e-3,
            beta1: 0.9, beta2: 0.999, weightDecay: 0.01, epsilon: 1e-8)
        for parameter in parameters { parameter.grad = nil }
        return loss.item()
    }
}
