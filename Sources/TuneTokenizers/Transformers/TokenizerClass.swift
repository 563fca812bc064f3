import TuneBase

/// How a tokenizer class of transformers builds its pipeline.
enum TokenizerClass: String, Sendable {
    /// Takes `tokenizer.json` as it is.
    case backend = "TokenizersBackend"
    /// Takes the vocabulary and builds everything else from `tokenizer_config.json`.
    case bert = "BertTokenizer"
    /// As BERT, without token type ids.
    case distilBERT = "DistilBertTokenizer"
    /// Takes `tokenizer.json` with BERT's template.
    case convBERT = "ConvBertTokenizer"

    /// Whether normalizer, pre-tokenizer and decoder come from the class, not from the file.
    var rebuildsPipeline: Bool { self == .bert || self == .distilBERT }

    /// Whether rows follow BERT's template.
    var isBERT: Bool { self != .backend }

    /// The model's inputs, unless `tokenizer_config.json` names others.
    var modelInputNames: [String] {
        switch self {
        case .bert, .convBERT: ["input_ids", "token_type_ids", "attention_mask"]
        case .backend, .distilBERT: ["input_ids", "attention_mask"]
        }
    }

    /// The class a checkpoint uses.
    ///
    /// - Parameters:
    ///   - declared: `tokenizer_class` of `tokenizer_config.json`, else of `config.json`.
    ///   - modelType: `model_type` of `config.json`.
    ///   - hasPipeline: Whether there is a `tokenizer.json`.
    init(declared: String?, modelType: String?, hasPipeline: Bool) {
        if let modelType, Self.misdeclaredModelTypes.contains(modelType) {
            self = .backend
        } else if let declared {
            let name = declared.hasSuffix("Fast") ? String(declared.dropLast(4)) : declared
            self = Self.aliases.contains(name) ? .bert : TokenizerClass(rawValue: name) ?? .backend
        } else if let modelType {
            self = Self.bertModelTypes.contains(modelType) ? .bert : .backend
        } else {
            self = hasPipeline ? .backend : .bert
        }
    }

    /// Other names of BERT's class.
    private static let aliases: Set<String> = [
        "ElectraTokenizer", "LayoutLMTokenizer", "LxmertTokenizer", "MobileBertTokenizer",
        "SqueezeBertTokenizer",
    ]

    /// Model types that use BERT's class when nothing else is declared.
    private static let bertModelTypes: Set<String> = [
        "align", "bark", "bert", "blip", "bros", "chinese_clip", "convbert", "distilbert",
        "electra", "ernie", "flava", "git", "grounding-dino", "layoutlm", "megatron-bert",
        "mm-grounding-dino", "mobilebert", "nezha", "nomic_bert", "qdqbert", "realm",
        "retribert", "squeezebert", "tvp", "vilt", "visual_bert",
    ]

    /// Model types whose files are right whatever class they declare.
    private static let misdeclaredModelTypes: Set<String> = [
        "modernbert", "modernbert-decoder", "nystromformer",
    ]
}
