import TuneBase
import TuneBatching
import TuneDatasets
import TuneTokenizers
import TuneTorch

extension Trainer {
    /// The order of training rows that `trainSamplingStrategy` asks for.
    ///
    /// A random order depends on seed and epoch alone; one by length draws from the default
    /// generator, as in Python, and so depends on what was drawn before.
    func trainSampler(_ dataset: Dataset) throws -> any Sampler {
        switch args.trainSamplingStrategy {
        case .random: SeedableRandomSampler(dataset.count, seed: args.dataSeed ?? args.seed)
        case .sequential: SequentialSampler(dataset.count)
        case .groupByLength:
            LengthGroupedSampler(
                lengths: try rowLengths(of: dataset),
                batchSize: args.trainBatchSize * args.gradientAccumulationSteps)
        }
    }

    /// The order in which rows are evaluated; results are brought back into the dataset's order.
    func evaluationSampler(_ dataset: Dataset) throws -> any Sampler {
        guard args.trainSamplingStrategy == .groupByLength else {
            return SequentialSampler(dataset.count)
        }
        let generator = Generator()
        generator.seed(UInt64(bitPattern: Int64(args.dataSeed ?? args.seed)))
        return LengthGroupedSampler(
            lengths: try rowLengths(of: dataset), batchSize: args.evalBatchSize,
            generator: generator)
    }

    /// The lengths that the column of `lengthColumnName` tells, or those of the token lists.
    private func rowLengths(of dataset: Dataset) throws -> [Int] {
        if dataset.columnNames.contains(args.lengthColumnName) {
            return try dataset[args.lengthColumnName].ints()
        }
        let name = processingClass?.modelInputNames.first ?? "input_ids"
        guard dataset.columnNames.contains(name), let lengths = try dataset[name].lengths() else {
            throw TuneError(
                .badData,
                "train_sampling_strategy group_by_length needs lists in a column '\(name)', or a column '\(args.lengthColumnName)'; the columns are \(dataset.columnNames.joined(separator: ", ")).",
                remedy: "Tokenize the dataset, or name a column of lengths: lengthColumnName.")
        }
        return lengths
    }
}
