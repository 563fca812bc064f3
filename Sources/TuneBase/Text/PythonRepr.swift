/// A number as Python's `repr` writes it: the shortest text that reads back as the same value.
public func pythonRepr(_ value: Double) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    let text = "\(value)"
    guard let mark = text.firstIndex(of: "e") else { return text }
    var mantissa = text[..<mark]
    if mantissa.hasSuffix(".0") { mantissa = mantissa.dropLast(2) }
    let exponent = text[text.index(after: mark)...]
    let digits = exponent.drop { $0 == "+" || $0 == "-" }
    let sign = exponent.first == "-" ? "-" : "+"
    return "\(mantissa)e\(sign)\(digits.count < 2 ? "0" : "")\(digits)"
}

/// Text as Python's `repr` writes it.
public func pythonRepr(_ value: String) -> String {
    let quote: Unicode.Scalar =
        value.unicodeScalars.contains("'") && !value.unicodeScalars.contains("\"") ? "\"" : "'"
    var result = String(quote)
    for scalar in value.unicodeScalars {
        switch scalar {
        case quote, "\\": result += "\\" + String(scalar)
        case "\n": result += "\\n"
        case "\r": result += "\\r"
        case "\t": result += "\\t"
        case _ where scalar.value < 0x20 || scalar.value == 0x7F:
            let digits = String(scalar.value, radix: 16)
            result += "\\x" + (digits.count < 2 ? "0" : "") + digits
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result + String(quote)
}

/// A truth value as Python's `repr` writes it.
public func pythonRepr(_ value: Bool) -> String { value ? "True" : "False" }
