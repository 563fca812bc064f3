import TuneBase

/// Builds rows after a template such as `[CLS]:0 $A:0 [SEP]:0 $B:1 [SEP]:1`.
struct TemplateProcessing: PostProcessor {
    /// One place of a template.
    enum Piece: Sendable, Hashable {
        /// The first or the second sequence.
        case sequence(isSecond: Bool, type: Int)
        /// A special token, by its name.
        case special(String, type: Int)
    }

    /// What a special token of the template stands for.
    struct SpecialToken: Sendable {
        let name: String
        let ids: [Int]
        let tokens: [String]
    }

    let single: [Piece]
    let pair: [Piece]
    let specialTokens: [SpecialToken]
    private let singleSteps: [Step]
    private let pairSteps: [Step]

    init(single: [Piece], pair: [Piece], specialTokens: [SpecialToken], source: String) throws {
        self.single = single
        self.pair = pair
        self.specialTokens = specialTokens
        singleSteps = try Self.steps(single, specialTokens, source)
        pairSteps = try Self.steps(pair, specialTokens, source)
    }

    func addedTokenCount(isPair: Bool) -> Int {
        (isPair ? pairSteps : singleSteps).reduce(0) { sum, step in
            if case .special(let tokens) = step { sum + tokens.count } else { sum }
        }
    }

    func process(
        _ first: [EncodedToken], _ second: [EncodedToken]?, addsSpecialTokens: Bool
    ) -> [EncodedToken] {
        var row: [EncodedToken] = []
        row.reserveCapacity(first.count + (second?.count ?? 0) + 3)
        for step in second == nil ? singleSteps : pairSteps {
            switch step {
            case .sequence(let isSecond, let type):
                for token in isSecond ? second ?? [] : first { row.append(token.typed(type)) }
            case .special(let tokens):
                if addsSpecialTokens { row += tokens }
            }
        }
        return row
    }

    /// A piece with its special tokens looked up.
    private enum Step: Sendable {
        case sequence(isSecond: Bool, type: Int)
        case special([EncodedToken])
    }

    private static func steps(
        _ pieces: [Piece], _ specialTokens: [SpecialToken], _ source: String
    ) throws -> [Step] {
        try pieces.map { piece in
            switch piece {
            case .sequence(let isSecond, let type):
                return .sequence(isSecond: isSecond, type: type)
            case .special(let name, let type):
                guard let token = specialTokens.last(where: { $0.name.hasSameBytes(as: name) })
                else {
                    throw TuneError(
                        .badConfig, "\(source): the template uses '\(name)', which has no ids.",
                        remedy: "List it under 'special_tokens' of the post-processor.")
                }
                return .special(token.ids.map { .special(id: $0, type: type) })
            }
        }
    }
}

extension TemplateProcessing {
    init(_ fields: JSONFields) throws {
        let specials = try fields.members("special_tokens").map { member in
            let entry = try JSONFields(member.value, source: fields.source)
            return SpecialToken(
                name: member.key,
                ids: try entry.list("ids") { try $0.required(\.int, "an integer", fields.source) },
                tokens: try entry.list("tokens") {
                    try $0.required(\.string, "a string", fields.source)
                })
        }
        try self.init(
            single: fields.list("single") { try Piece($0, source: fields.source) },
            pair: fields.list("pair") { try Piece($0, source: fields.source) },
            specialTokens: specials, source: fields.source)
    }

    var json: JSONValue {
        let specials = specialTokens.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            .map { token -> (String, JSONValue) in
                let entry: JSONValue = [
                    "id": .string(token.name), "ids": .array(token.ids.map(JSONValue.int)),
                    "tokens": .array(token.tokens.map(JSONValue.string)),
                ]
                return (token.name, entry)
            }
        return [
            "type": "TemplateProcessing", "single": .array(single.map(\.json)),
            "pair": .array(pair.map(\.json)), "special_tokens": .object(JSONObject(specials)),
        ]
    }
}

extension TemplateProcessing.Piece {
    init(_ json: JSONValue, source: String) throws {
        if let sequence = json["Sequence"] {
            let fields = try JSONFields(sequence, source: source)
            self = .sequence(
                isSecond: try fields.string("id") == "B", type: try fields.int("type_id"))
        } else if let special = json["SpecialToken"] {
            let fields = try JSONFields(special, source: source)
            self = .special(try fields.string("id"), type: try fields.int("type_id"))
        } else {
            throw TuneError(
                .badConfig,
                "\(source): a template piece is neither a 'Sequence' nor a 'SpecialToken'.")
        }
    }

    var json: JSONValue {
        switch self {
        case .sequence(let isSecond, let type):
            ["Sequence": ["id": isSecond ? "B" : "A", "type_id": .int(type)]]
        case .special(let name, let type):
            ["SpecialToken": ["id": .string(name), "type_id": .int(type)]]
        }
    }
}
