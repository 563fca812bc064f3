extension JSONValue {
    /// The document as Python's `json.dumps` writes it.
    ///
    /// - Parameters:
    ///   - indent: Spaces per level; nil writes one line with `", "` and `": "`.
    ///   - sortedKeys: Whether members are ordered by name.
    ///   - escapingNonASCII: Whether characters beyond ASCII become `\u` escapes, Python's default.
    /// - Returns: The text, without a final newline.
    public func serialized(
        indent: Int? = nil, sortedKeys: Bool = false, escapingNonASCII: Bool = true
    ) -> String {
        var writer = JSONWriter(
            indent: indent, sortedKeys: sortedKeys, escapingNonASCII: escapingNonASCII)
        writer.write(self, level: 0)
        return writer.text
    }
}

private struct JSONWriter {
    let indent: Int?
    let sortedKeys: Bool
    let escapingNonASCII: Bool
    var text = ""

    mutating func write(_ value: JSONValue, level: Int) {
        switch value {
        case .null: text += "null"
        case .bool(let flag): text += flag ? "true" : "false"
        case .int(let integer): text += String(integer)
        case .double(let number): text += jsonNumber(number)
        case .string(let string): quote(string)
        case .array(let elements):
            list(elements, "[", "]", level: level) { $0.write($1, level: level + 1) }
        case .object(let object):
            let members =
                sortedKeys
                ? object.members.sorted {
                    $0.key.unicodeScalars.lexicographicallyPrecedes($1.key.unicodeScalars)
                }
                : object.members
            list(members, "{", "}", level: level) { writer, member in
                writer.quote(member.key)
                writer.text += ": "
                writer.write(member.value, level: level + 1)
            }
        }
    }

    private mutating func list<Element>(
        _ elements: [Element], _ open: String, _ close: String, level: Int,
        _ writeElement: (inout JSONWriter, Element) -> Void
    ) {
        text += open
        for (position, element) in elements.enumerated() {
            if position > 0 { text += indent == nil ? ", " : "," }
            newline(level + 1)
            writeElement(&self, element)
        }
        if !elements.isEmpty { newline(level) }
        text += close
    }

    private mutating func newline(_ level: Int) {
        guard let indent else { return }
        text += "\n" + String(repeating: " ", count: indent * level)
    }

    private func jsonNumber(_ number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
        return pythonRepr(number)
    }

    private mutating func quote(_ string: String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{08}": text += "\\b"
            case "\u{0C}": text += "\\f"
            default:
                if scalar.value < 0x20 || (escapingNonASCII && scalar.value > 0x7E) {
                    for unit in String(scalar).utf16 { text += "\\u" + hexadecimal(unit) }
                } else {
                    text.unicodeScalars.append(scalar)
                }
            }
        }
        text += "\""
    }

    private func hexadecimal(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
