import Foundation
package import TuneBase

/// A log row as Python's callbacks print it: floating-point numbers as texts of four digits, and
/// without the operations count.
///
///     {'loss': '0.6931', 'grad_norm': '1.25', 'learning_rate': '4.5e-05', 'epoch': '1'}
package func logLine(_ row: JSONObject) -> String {
    let parts = row.members.compactMap { key, value -> String? in
        key == "total_flos" ? nil : "\(pythonRepr(key)): \(shown(value))"
    }
    return "{\(parts.joined(separator: ", "))}"
}

private func shown(_ value: JSONValue) -> String {
    switch value {
    case .double(let number): "'\(fourDigits(number))'"
    case .int(let integer): String(integer)
    case .string(let text): pythonRepr(strippingControlCharacters(text))
    default: value.serialized()
    }
}

/// A number with four significant digits, as the format `%.4g`.
private func fourDigits(_ number: Double) -> String {
    if number.isNaN { return "nan" }
    if number.isInfinite { return number < 0 ? "-inf" : "inf" }
    return String(format: "%.4g", number)
}
