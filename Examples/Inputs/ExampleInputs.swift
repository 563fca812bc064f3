public import FineTuneKit

/// What the command line of an example may name: `[checkpoint [dataset [configuration]]] [rows]`.
///
/// Without arguments the examples take the checkpoint that `make setup` fetches and the corpus
/// in `Demo`; with a number at the end they only look at that many rows of each split.
public struct ExampleInputs {
    /// The checkpoint directory.
    public var checkpoint = ".deps/checkpoints/all-MiniLM-L6-v2"
    /// The dataset directory, with columns as in MRPC: sentence1, sentence2, label, idx.
    public var dataset = "Demo/paraphrase"
    /// The configuration of the dataset.
    public var configuration: String?
    /// How many rows of each split are used; nil for all.
    public var rows: Int?

    /// Reads the arguments of this process.
    public init(_ arguments: [String] = CommandLine.arguments) {
        var names = Array(arguments.dropFirst())
        if let last = names.last, let rows = Int(last) {
            self.rows = rows
            names.removeLast()
        }
        if names.count > 0 { checkpoint = names[0] }
        if names.count > 1 { dataset = names[1] }
        if names.count > 2 { configuration = names[2] }
    }

    /// The first ``rows`` rows of each split.
    public func limited(_ datasets: DatasetDict) throws -> DatasetDict {
        guard let rows else { return datasets }
        return try datasets.mapSplits { try $0.select(0..<min(rows, $0.count)) }
    }
}
