import FineTuneKit
import Foundation

/// What the header of a run says of its data: name, rows, and how long they are in tokens.
struct DataFacts {
    private let settings: DataSettings
    private let train: Dataset
    private let validation: Dataset?
    private let limit: Int

    /// Takes the tokenized splits.
    ///
    /// - Parameters:
    ///   - settings: Where the data comes from.
    ///   - train: The training data.
    ///   - validation: The evaluation data, if there is any.
    ///   - limit: The number of tokens to which rows were cut.
    init(_ settings: DataSettings, train: Dataset, validation: Dataset?, limit: Int) {
        (self.settings, self.train, self.validation) = (settings, train, validation)
        self.limit = limit
    }

    /// The facts.
    var texts: [String] {
        [
            Self.name(of: settings), "\(Quantity.grouped(train.count)) training rows",
            validation.map { "\(Quantity.grouped($0.count)) for validation" } ?? "", lengths ?? "",
        ]
    }

    /// The name of the data: that of the file, or of the directory with the configuration.
    static func name(of settings: DataSettings) -> String {
        func last(_ path: String) -> String { URL(fileURLWithPath: path).lastPathComponent }
        if let file = settings.trainFile { return last(file) }
        guard let dataset = settings.dataset else { return "" }
        return ([last(dataset)] + [settings.datasetConfig].compactMap(\.self))
            .joined(separator: "/")
    }

    /// Median, 95th percentile and maximum, and how many rows are as long as the limit.
    private var lengths: String? {
        guard let lengths = try? train["input_ids"].lengths()?.sorted(), let longest = lengths.last
        else { return nil }
        func quantile(_ share: Double) -> Int { lengths[Int(share * Double(lengths.count - 1))] }
        let text = "p50/p95/max \(quantile(0.5))/\(quantile(0.95))/\(longest) tokens"
        guard longest >= limit else { return text + ", none cut" }
        let full = lengths.reversed().prefix { $0 >= limit }.count
        return text + ", \(fixed(100 * Double(full) / Double(lengths.count))) % at the limit"
    }
}
