import TuneBase

extension ModelCard {
    /// The front matter: what the Hub reads.
    var metadata: JSONObject {
        var metadata = JSONObject([("library_name", "transformers")])
        func add(_ name: String, _ values: [String]) {
            if !values.isEmpty { metadata[name] = .array(values.map { .string(singleLine($0)) }) }
        }
        add("language", language)
        if let license { metadata["license"] = .string(singleLine(license)) }
        if let finetunedFrom, isHubIdentifier(finetunedFrom) {
            metadata["base_model"] = .string(finetunedFrom)
        }
        add("tags", tags)
        add("datasets", datasetTags)
        add("metrics", scores.map(\.type))
        metadata["model-index"] = [
            ["name": .string(singleLine(modelName)), "results": .array(modelIndex)]
        ]
        return metadata
    }

    /// An entry for each task and dataset; the Hub refuses one without task, dataset or metrics.
    private var modelIndex: [JSONValue] {
        guard !scores.isEmpty else { return [] }
        let metrics = scores.map { type, name, value -> JSONValue in
            ["name": .string(name), "type": .string(type), "value": value]
        }
        return tasks.compactMap { task in taskNames[task].map { (task, $0) } }
            .flatMap { task, taskName in
                zip(datasetTags.indices, datasetTags).map { index, tag in
                    [
                        "task": ["name": .string(taskName), "type": .string(task)],
                        "dataset": .object(datasetEntry(index, tag)),
                        "metrics": .array(metrics),
                    ]
                }
            }
    }

    private func datasetEntry(_ index: Int, _ tag: String) -> JSONObject {
        let name = dataset.indices.contains(index) ? dataset[index] : tag
        var entry = JSONObject([
            ("name", .string(singleLine(name))), ("type", .string(singleLine(tag))),
        ])
        if datasetMetadata.indices.contains(index) {
            entry = entry.merging(datasetMetadata[index])
        }
        if datasetArgs.indices.contains(index) {
            entry["args"] = .string(singleLine(datasetArgs[index]))
        }
        return entry
    }

    /// The results that the Hub knows, by its names for them.
    private var scores: [(type: String, name: String, value: JSONValue)] {
        (evalResults ?? JSONObject()).members.compactMap { name, value in
            let type = name.lowercased().replacing(" ", with: "_")
            if metricTypes.contains(type) { return (type, name, value) }
            return type == "rouge1" ? ("rouge", name, value) : nil
        }
    }
}

/// The metrics that the Hub has a page for.
private let metricTypes: Set = [
    "accuracy", "bleu", "f1", "matthews_correlation", "pearsonr", "precision", "recall", "rouge",
    "sacrebleu", "spearmanr", "wer",
]

/// The Hub's tasks and what they are called in a card.
private let taskNames = [
    "text-classification": "Text Classification", "token-classification": "Token Classification",
    "question-answering": "Question Answering", "fill-mask": "Masked Language Modeling",
    "text-generation": "Causal Language Modeling", "multiple-choice": "Multiple Choice",
]

/// The task that a class of models is for, by the end of its name.
func task(ofArchitecture name: String) -> String? {
    let tasks = [
        ("ForSequenceClassification", "text-classification"),
        ("ForTokenClassification", "token-classification"),
        ("ForQuestionAnswering", "question-answering"), ("ForMaskedLM", "fill-mask"),
        ("ForCausalLM", "text-generation"), ("LMHeadModel", "text-generation"),
    ]
    return tasks.first { name.hasSuffix($0.0) }?.1
}
