import TuneBase

/// A document in YAML's block style, without a line end at its end.
func blockYAML(_ value: JSONValue) -> String { lines(value).joined(separator: "\n") }

private func lines(_ value: JSONValue) -> [String] {
    switch value {
    case .object(let object) where !object.members.isEmpty:
        object.members.flatMap { member($0.key, $0.value) }
    case .array(let elements) where !elements.isEmpty:
        elements.flatMap { element -> [String] in
            let inner = lines(element)
            return inner.enumerated().map { ($0.offset == 0 ? "- " : "  ") + $0.element }
        }
    default: [scalar(value)]
    }
}

private func member(_ key: String, _ value: JSONValue) -> [String] {
    let name = text(key)
    switch value {
    case .object(let object) where !object.members.isEmpty:
        return ["\(name):"] + lines(value).map { "  " + $0 }
    case .array(let elements) where !elements.isEmpty: return ["\(name):"] + lines(value)
    default: return ["\(name): \(scalar(value))"]
    }
}

private func scalar(_ value: JSONValue) -> String {
    switch value {
    case .null: return "null"
    case .bool(let flag): return flag ? "true" : "false"
    case .int(let number): return String(number)
    case .double(let number):
        if number.isNaN { return ".nan" }
        if number.isInfinite { return number < 0 ? "-.inf" : ".inf" }
        let text = pythonRepr(number)
        guard let mark = text.firstIndex(of: "e"), !text.contains(".") else { return text }
        return text[..<mark] + ".0" + text[mark...]
    case .string(let content): return text(content)
    case .array: return "[]"
    case .object: return "{}"
    }
}

/// A text, in quotes unless it can only be read as text.
private func text(_ content: String) -> String {
    let content = singleLine(content)
    let isWord = content.unicodeScalars.allSatisfy { scalar in
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".", "/", " ", "+": true
        default: false
        }
    }
    let begins = content.unicodeScalars.first.map { $0.properties.isAlphabetic } ?? false
    let meansOther = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
        .contains(content.lowercased())
    guard isWord, begins, !meansOther, content.last != " " else {
        return "'" + content.replacing("'", with: "''") + "'"
    }
    return content
}
