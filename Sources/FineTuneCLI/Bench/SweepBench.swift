import FineTuneKit

/// Measures training steps on random tokens over batch sizes and lengths: the cost of a token must
/// hardly depend on either.
struct SweepBench {
    private let arguments: TrainingArguments
    private let path: String
    private let batchSizes: [Int]
    private let lengths: [Int]

    /// Each shape runs for about this long, in seconds, after one step that does not count.
    private static let budget = 1.0

    /// Takes model and training arguments, and the shapes to measure.
    ///
    /// - Throws: `TuneError` when the model is missing.
    init(_ configuration: Configuration, batchSizes: [Int], lengths: [Int]) throws {
        path = try requiredModel(configuration.data)
        arguments = configuration.training
        (self.batchSizes, self.lengths) = (batchSizes, lengths)
    }

    /// Measures every shape, and for each batch size rows of all lengths together.
    ///
    /// - Throws: `TuneError` when a length is more than the model takes.
    func callAsFunction() throws -> any BenchReport {
        setSeed(arguments.seed)
        let model = try AutoModelForSequenceClassification.fromPretrained(path)
        let limit = model.configuration["max_position_embeddings"]?.int ?? Int.max
        if let tooLong = lengths.first(where: { $0 > limit }) {
            throw TuneError(
                .usage, "The model takes \(limit) tokens, --lengths has \(tooLong).",
                remedy: "Leave it out.")
        }
        try enableActivationCheckpointing(arguments, in: model)
        let steps = SweepSteps(model, arguments)
        if arguments.mode == .fast {
            TorchRuntime.retainFreedMemory()
            ProductChoices.use()
        }
        return try ExecutionMode.$current.withValue(arguments.mode) {
            var rows: [SweepReport.Row] = []
            for batchSize in batchSizes {
                for length in lengths {
                    rows.append(
                        try row([Int](repeating: length, count: batchSize), "\(length)", steps))
                }
                if lengths.count > 1, batchSize > 1 {
                    let mixed = (0..<batchSize).map { lengths[$0 % lengths.count] }
                    rows.append(try row(mixed, "mixed", steps))
                }
            }
            return SweepReport(rows: rows, work: LinearWork(model), peakMemory: peakMemory())
        }
    }

    private func row(
        _ lengths: [Int], _ name: String, _ steps: SweepSteps
    ) throws -> SweepReport.Row {
        let batch = steps.batch(lengths)
        try steps.step(batch)
        var times: [Double] = []
        let start = monotonicSeconds()
        while times.count < 2 || monotonicSeconds() - start < Self.budget {
            let begin = monotonicSeconds()
            try steps.step(batch)
            times.append(monotonicSeconds() - begin)
        }
        return SweepReport.Row(
            batchSize: lengths.count, length: name, tokens: lengths.reduce(0, +),
            seconds: median(times))
    }
}

/// Training steps on random tokens.
private struct SweepSteps {
    private let model: any SequenceClassificationModel
    private let optimizer: AdamW
    private let arguments: TrainingArguments
    private let vocabulary: Int

    init(_ model: any SequenceClassificationModel, _ arguments: TrainingArguments) {
        (self.model, self.arguments) = (model, arguments)
        optimizer = AdamW(model.namedParameters(), learningRate: 1e-6)
        vocabulary = model.configuration["vocab_size"]?.int ?? 1
        model.autocast = arguments.bf16 ? Autocast(.cpu, dtype: .bfloat16) : nil
        model.train()
    }

    /// Rows of the given lengths, padded to the longest.
    func batch(_ lengths: [Int]) -> TensorBatch {
        let width = lengths.max() ?? 0
        let isReal = lengths.flatMap { length in (0..<width).map { $0 < length } }
        var generator = SystemRandomNumberGenerator()
        let ids = isReal.map { $0 ? Int.random(in: 0..<vocabulary, using: &generator) : 0 }
        let shape = [lengths.count, width]
        return [
            "input_ids": Tensor(ids, shape),
            "attention_mask": Tensor(isReal.map { $0 ? 1 : 0 }, shape),
            "token_type_ids": Tensor([Int](repeating: 0, count: ids.count), shape),
            "labels": Tensor(lengths.indices.map { $0 % 2 }),
        ]
    }

    func step(_ batch: TensorBatch) throws {
        try catchingTorchErrors {
            let loss = try model(batch).loss
            loss?.backward()
            _ = optimizer.clipGradientsInStep(maxNorm: arguments.maxGradNorm)
            optimizer.step()
            optimizer.zeroGrad()
        }
    }
}

/// The cost of steps by batch size and length.
struct SweepReport: BenchReport {
    /// One shape.
    struct Row {
        let batchSize: Int
        /// The length of all rows, or `mixed`.
        let length: String
        let tokens: Int
        let seconds: Double
    }

    let rows: [Row]
    let work: LinearWork
    /// The peak resident size of the process over all shapes, in bytes.
    let peakMemory: Int

    var text: String {
        var table = TextTable("batch", "length", "tokens", "ms/step", "us/token", "GFLOP/s")
        for row in rows {
            table.add(
                "\(row.batchSize)", row.length, "\(row.tokens)", fixed(row.seconds * 1e3, 2),
                fixed(row.seconds / Double(row.tokens) * 1e6, 2), fixed(rate(row) * 1e-9, 1))
        }
        return "\(table.text)\n\nGFLOP/s are those of linear layers over real tokens; attention, "
            + "which grows with the square of the length, comes on top.\n"
            + "Peak memory of all shapes: \(fixed(Double(peakMemory) * 1e-6, 0)) MB."
    }

    var json: JSONObject {
        let rows = rows.map { row in
            JSONValue.object(
                JSONObject([
                    ("batch_size", .int(row.batchSize)), ("length", .string(row.length)),
                    ("tokens", .int(row.tokens)), ("seconds", .double(row.seconds)),
                    ("gflops", .double(rate(row) * 1e-9)),
                ]))
        }
        return JSONObject([("shapes", .array(rows)), ("peak_memory_bytes", .int(peakMemory))])
    }

    private func rate(_ row: Row) -> Double {
        work.trainingOperations(tokens: row.tokens, rows: row.batchSize) / row.seconds
    }
}
