import TuneBase
import TuneBatching
import TuneNN

/// The toy that tells its embeddings, as that of `Tools/goldens/policies.py`.
final class EmbeddedToy: ToyClassifier, TokenEmbeddingModel {
    var inputEmbeddings: Embedding { embedding }
}

/// Pads token lists with zeros, which the attention mask leaves out.
struct ZeroPadding: DataCollator {
    var isRowwise = true

    func callAsFunction(_ features: Columns) throws -> HostBatch {
        let ids = try features.intLists("input_ids")
        let width = ids.map(\.count).max() ?? 0
        var batch = HostBatch()
        batch["input_ids"] = HostTensor(
            ids.flatMap { $0 + Array(repeating: 0, count: width - $0.count) },
            shape: [ids.count, width])
        batch["attention_mask"] = HostTensor(
            ids.flatMap { row in (0..<width).map { $0 < row.count ? 1 : 0 } },
            shape: [ids.count, width])
        if features["label"] != nil { batch["labels"] = HostTensor(try features.ints("label")) }
        return batch
    }
}
