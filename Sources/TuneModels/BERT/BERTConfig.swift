public import TuneBase
import TuneNN

/// The configuration of BERT (Devlin et al., 2019), with Hugging Face's names and defaults.
public struct BERTConfig: PretrainedConfig {
    /// The value of `model_type`.
    public static let modelType = "bert"

    /// `vocab_size`: entries of the word table.
    public var vocabSize = 30_522
    /// `hidden_size`: width of the encoder.
    public var hiddenSize = 768
    /// `num_hidden_layers`: layers of the encoder.
    public var numHiddenLayers = 12
    /// `num_attention_heads`: attention heads per layer.
    public var numAttentionHeads = 12
    /// `intermediate_size`: width between the two maps of a feed-forward block.
    public var intermediateSize = 3072
    /// `hidden_act`: the activation between them.
    public var hiddenAct = "gelu"
    /// `hidden_dropout_prob`: dropout after embeddings and blocks.
    public var hiddenDropoutProb = 0.1
    /// `attention_probs_dropout_prob`: dropout of attention probabilities.
    public var attentionProbsDropoutProb = 0.1
    /// `max_position_embeddings`: the longest sequence.
    public var maxPositionEmbeddings = 512
    /// `type_vocab_size`: kinds of segments.
    public var typeVocabSize = 2
    /// `initializer_range`: the deviation of new weights.
    public var initializerRange = 0.02
    /// `layer_norm_eps`: added to variances.
    public var layerNormEps = 1e-12
    /// `pad_token_id`: the id whose embedding stays zero.
    public var padTokenId: Int? = 0
    /// `classifier_dropout`: dropout before the head; nil takes `hiddenDropoutProb`.
    public var classifierDropout: Double?
    /// Labels, problem type and unknown keys.
    public var common: CommonConfig

    /// Creates the configuration of BERT-base.
    public init(numLabels: Int = 2) { common = CommonConfig(numLabels: numLabels) }

    /// Reads a `config.json`.
    public init(_ fields: JSONFields) throws {
        common = try CommonConfig(fields)
        vocabSize = try fields.int("vocab_size", default: vocabSize)
        hiddenSize = try fields.int("hidden_size", default: hiddenSize)
        numHiddenLayers = try fields.int("num_hidden_layers", default: numHiddenLayers)
        numAttentionHeads = try fields.int("num_attention_heads", default: numAttentionHeads)
        intermediateSize = try fields.int("intermediate_size", default: intermediateSize)
        hiddenAct = try fields.string("hidden_act", default: hiddenAct)
        hiddenDropoutProb = try fields.double("hidden_dropout_prob", default: hiddenDropoutProb)
        attentionProbsDropoutProb = try fields.double(
            "attention_probs_dropout_prob", default: attentionProbsDropoutProb)
        maxPositionEmbeddings = try fields.int(
            "max_position_embeddings", default: maxPositionEmbeddings)
        typeVocabSize = try fields.int("type_vocab_size", default: typeVocabSize)
        initializerRange = try fields.double("initializer_range", default: initializerRange)
        layerNormEps = try fields.double("layer_norm_eps", default: layerNormEps)
        if let id = fields.object["pad_token_id"] { padTokenId = id.int }
        classifierDropout = fields.object["classifier_dropout"]?.double
        try validate(source: fields.source)
    }

    /// The dropout probability before the classification head.
    public var headDropout: Double { classifierDropout ?? hiddenDropoutProb }

    /// The whole configuration with unknown keys kept.
    public var json: JSONObject {
        Self.fixed.merging(common.json).merging(
            JSONObject([
                ("model_type", .string(Self.modelType)),
                ("vocab_size", .int(vocabSize)), ("hidden_size", .int(hiddenSize)),
                ("num_hidden_layers", .int(numHiddenLayers)),
                ("num_attention_heads", .int(numAttentionHeads)),
                ("intermediate_size", .int(intermediateSize)),
                ("hidden_act", .string(hiddenAct)),
                ("hidden_dropout_prob", .double(hiddenDropoutProb)),
                ("attention_probs_dropout_prob", .double(attentionProbsDropoutProb)),
                ("max_position_embeddings", .int(maxPositionEmbeddings)),
                ("type_vocab_size", .int(typeVocabSize)),
                ("initializer_range", .double(initializerRange)),
                ("layer_norm_eps", .double(layerNormEps)),
                ("pad_token_id", padTokenId.map(JSONValue.int) ?? .null),
                ("classifier_dropout", classifierDropout.map(JSONValue.double) ?? .null),
            ]))
    }

    /// What Python's BertConfig also writes; an encoder for classification has no use for it.
    private static let fixed = JSONObject([
        ("add_cross_attention", false), ("bos_token_id", nil), ("eos_token_id", nil),
        ("is_decoder", false), ("tie_word_embeddings", true), ("use_cache", true),
    ])

    /// Changes dropout probabilities; nil keeps one.
    public mutating func setDropout(hidden: Double?, attention: Double?) throws {
        hiddenDropoutProb = hidden ?? hiddenDropoutProb
        attentionProbsDropoutProb = attention ?? attentionProbsDropoutProb
        try validate(source: "BERTConfig")
    }

    /// Refuses sizes that no model can have, before memory is asked for.
    func validate(source: String) throws {
        func check(_ condition: Bool, _ problem: String) throws {
            guard condition else {
                throw TuneError(
                    .badConfig, "\(source): \(problem).", remedy: "Correct the configuration.")
            }
        }
        let limit = 1 << 24
        for (name, size) in [
            ("vocab_size", vocabSize), ("hidden_size", hiddenSize),
            ("num_hidden_layers", numHiddenLayers), ("num_attention_heads", numAttentionHeads),
            ("intermediate_size", intermediateSize),
            ("max_position_embeddings", maxPositionEmbeddings), ("type_vocab_size", typeVocabSize),
        ] {
            try check((1...limit).contains(size), "'\(name)' is \(size), not in 1...\(limit)")
        }
        try check(
            hiddenSize % numAttentionHeads == 0,
            "hidden_size \(hiddenSize) is not a multiple of num_attention_heads "
                + "\(numAttentionHeads)")
        try check(
            padTokenId.map { (0..<vocabSize).contains($0) } ?? true,
            "pad_token_id is outside the vocabulary of \(vocabSize)")
        for (name, probability) in [
            ("hidden_dropout_prob", hiddenDropoutProb),
            ("attention_probs_dropout_prob", attentionProbsDropoutProb),
            ("classifier_dropout", headDropout),
        ] {
            try check((0..<1).contains(probability), "'\(name)' is \(probability), not in 0..<1")
        }
        try check(common.raw["is_decoder"]?.bool != true, "decoder BERT is not supported")
        _ = try Activation(named: hiddenAct)
    }
}
