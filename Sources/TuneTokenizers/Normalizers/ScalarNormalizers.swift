import TuneBase

/// Lowercases every scalar by itself, so that `Σ` always becomes `σ`.
struct Lowercase: Normalizer {
    init(_ fields: JSONFields) throws {}

    func normalize(_ text: inout NormalizedString) {
        let lowercase = ScalarMapping.lowercase
        text.rewrite { scalar, output in
            guard let lower = lowercase[scalar] else { return output.append(scalar) }
            for part in lower { output.append(part) }
        }
    }

    var json: JSONValue { ["type": "Lowercase"] }
}

/// Drops combining marks; what is precomposed stays, unless `NFD` comes before.
struct StripAccents: Normalizer {
    init(_ fields: JSONFields) throws {}

    func normalize(_ text: inout NormalizedString) {
        let table = ScalarProperties.table
        text.rewrite { scalar, output in
            if !table[scalar].contains(.combiningMark) { output.append(scalar) }
        }
    }

    var json: JSONValue { ["type": "StripAccents"] }
}

/// Drops whitespace at the ends.
struct Strip: Normalizer {
    let left: Bool
    let right: Bool

    init(_ fields: JSONFields) throws {
        left = try fields.bool("strip_left", default: true)
        right = try fields.bool("strip_right", default: true)
    }

    func normalize(_ text: inout NormalizedString) {
        let isSpace = text.string.unicodeScalars.map {
            ScalarProperties.of($0.value).contains(.whitespace)
        }
        let first = left ? isSpace.firstIndex(of: false) ?? isSpace.count : 0
        let last = right ? isSpace.lastIndex(of: false) ?? -1 : isSpace.count - 1
        var position = 0
        text.rewrite { scalar, output in
            if position >= first, position <= last { output.append(scalar) }
            position += 1
        }
    }

    var json: JSONValue {
        ["type": "Strip", "strip_left": .bool(left), "strip_right": .bool(right)]
    }
}

/// Replaces every occurrence of a text.
struct Replace: Normalizer {
    let pattern: String
    let content: String

    init(_ fields: JSONFields) throws {
        content = try fields.string("content")
        guard let pattern = fields.object["pattern"]?["String"]?.string else {
            throw unsupported(
                "Replace with a Regex pattern", in: fields.source,
                supported: ["Replace with a String pattern"])
        }
        self.pattern = pattern
    }

    func normalize(_ text: inout NormalizedString) {
        if pattern.isEmpty { return }
        text.replace(Array(pattern.utf8), by: Array(content.utf8))
    }

    var json: JSONValue {
        ["type": "Replace", "pattern": ["String": .string(pattern)], "content": .string(content)]
    }
}
