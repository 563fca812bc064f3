import TuneBase

/// The pipeline components that `tokenizer.json` can name; a new one is a file and a line here.
enum ComponentRegistry {
    private typealias Makers<Component> = KeyValuePairs<String, (JSONFields) throws -> Component>

    private static var normalizers: Makers<any Normalizer> {
        [
            "BertNormalizer": BertNormalizer.init(_:), "Lowercase": Lowercase.init(_:),
            "NFC": NFC.init(_:), "NFD": NFD.init(_:), "Replace": Replace.init(_:),
            "Sequence": NormalizerSequence.init(_:), "Strip": Strip.init(_:),
            "StripAccents": StripAccents.init(_:),
        ]
    }

    private static var preTokenizers: Makers<any PreTokenizer> {
        [
            "BertPreTokenizer": BertPreTokenizer.init(_:), "Punctuation": Punctuation.init(_:),
            "Sequence": PreTokenizerSequence.init(_:), "Whitespace": Whitespace.init(_:),
            "WhitespaceSplit": WhitespaceSplit.init(_:),
        ]
    }

    private static var models: Makers<any TokenModel> { ["WordPiece": WordPiece.init(_:)] }

    private static var postProcessors: Makers<any PostProcessor> {
        [
            "BertProcessing": BertProcessing.init(_:),
            "TemplateProcessing": TemplateProcessing.init(_:),
        ]
    }

    private static var decoders: Makers<any TokenDecoder> {
        ["WordPiece": WordPieceDecoder.init(_:)]
    }

    static func normalizer(_ json: JSONValue, source: String) throws -> any Normalizer {
        try make("normalizer", normalizers, json, source)
    }

    static func preTokenizer(_ json: JSONValue, source: String) throws -> any PreTokenizer {
        try make("pre-tokenizer", preTokenizers, json, source)
    }

    static func model(_ json: JSONValue, source: String) throws -> any TokenModel {
        // Files of early versions do not name their model; a WordPiece is known by its fields.
        var json = json
        if json["type"] == nil, var object = json.object,
            object["max_input_chars_per_word"] != nil, object["vocab"] != nil
        {
            object["type"] = "WordPiece"
            json = .object(object)
        }
        return try make("model", models, json, source)
    }

    static func postProcessor(_ json: JSONValue, source: String) throws -> any PostProcessor {
        try make("post-processor", postProcessors, json, source)
    }

    static func decoder(_ json: JSONValue, source: String) throws -> any TokenDecoder {
        try make("decoder", decoders, json, source)
    }

    private static func make<Component>(
        _ stage: String, _ makers: Makers<Component>, _ json: JSONValue, _ source: String
    ) throws -> Component {
        let fields = try JSONFields(json, source: source)
        let type = try fields.string("type")
        guard let maker = makers.first(where: { $0.key == type }) else {
            throw unsupported("\(stage) '\(type)'", in: source, supported: makers.map(\.key))
        }
        return try maker.value(fields)
    }
}

/// The error for a part of a tokenizer that this version cannot run.
func unsupported(_ what: String, in source: String, supported: [String]) -> TuneError {
    TuneError(
        .badConfig, "\(source) needs the \(what), which is not supported yet.",
        remedy: "Supported: \(supported.joined(separator: ", ")).")
}
