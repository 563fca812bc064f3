import Foundation
import TuneBase

extension HostArray: CustomStringConvertible {
    /// The array as NumPy prints it: aligned columns, and the middle left out above 1000 elements.
    public var description: String {
        let positions = shownPositions(axis: 0, start: 0)
        let texts: [String] =
            switch values {
            case .ints(let numbers): alignedRight(positions.map { String(numbers[$0]) })
            case .floats(let numbers): floatTexts(positions.map { numbers[$0] })
            }
        var remaining = texts[...]
        return block(of: &remaining, axis: 0)
    }

    private func block(of texts: inout ArraySlice<String>, axis: Int) -> String {
        guard axis < shape.count else { return texts.popFirst() ?? "" }
        let parts = shownIndices(shape[axis]).map { index in
            index == nil ? "..." : block(of: &texts, axis: axis + 1)
        }
        let depth = shape.count - 1 - axis
        let separator =
            depth == 0
            ? " "
            : String(repeating: "\n", count: depth) + String(repeating: " ", count: axis + 1)
        return "[" + parts.joined(separator: separator) + "]"
    }

    /// Where the elements that are shown lie, in order.
    private func shownPositions(axis: Int, start: Int) -> [Int] {
        guard axis < shape.count else { return [start] }
        let stride = shape[(axis + 1)...].reduce(1, *)
        return shownIndices(shape[axis]).compactMap(\.self).flatMap {
            shownPositions(axis: axis + 1, start: start + $0 * stride)
        }
    }

    /// The indices shown along an axis; nil stands for the middle that is left out.
    private func shownIndices(_ extent: Int) -> [Int?] {
        guard count > 1000, extent > 6 else { return Array(0..<extent) }
        return [0, 1, 2, nil, extent - 3, extent - 2, extent - 1]
    }
}

private func alignedRight(_ texts: [String], width: Int = 0) -> [String] {
    let width = max(width, texts.map(\.count).max() ?? 0)
    return texts.map { String(repeating: " ", count: width - $0.count) + $0 }
}

/// Plain decimals, or exponents where the magnitudes differ too much for them; all of one width.
private func floatTexts(_ numbers: [Float]) -> [String] {
    let finite = numbers.filter(\.isFinite)
    let magnitudes = finite.filter { $0 != 0 }.map { abs($0) }
    let (least, greatest) = (magnitudes.min() ?? 1, magnitudes.max() ?? 1)
    guard greatest < 1e8, least >= 1e-4, greatest / least <= 1000 else {
        let digits = finite.map { exponentDigits($0) }.max() ?? 0
        return alignedRight(numbers.map { special($0) ?? exponentText($0, digits: digits) })
    }
    let width = finite.map { decimalParts($0).fraction.count }.max() ?? 0
    return alignedRight(
        numbers.map { number in
            if let special = special(number) { return special }
            let (whole, fraction) = decimalParts(number)
            return whole + fraction + String(repeating: " ", count: width - fraction.count)
        })
}

private func special(_ number: Float) -> String? {
    number.isFinite ? nil : number.isNaN ? "nan" : number < 0 ? "-inf" : "inf"
}

/// The shortest digits that identify the number, at most eight after the point: `0` and `.25`.
private func decimalParts(_ number: Float) -> (whole: String, fraction: String) {
    var text = "\(number)"
    if text.contains("e") || (text.split(separator: ".").last?.count ?? 0) > 8 {
        text = String(format: "%.8f", Double(number))
        while text.hasSuffix("0") { text.removeLast() }
    }
    if text.hasSuffix(".0") { text.removeLast() }
    let point = text.firstIndex(of: ".") ?? text.endIndex
    return (String(text[..<point]), String(text[point...]))
}

/// How many digits after the point identify the number in exponent form.
private func exponentDigits(_ number: Float) -> Int {
    (0...8).first { Float(String(format: "%.\($0)e", Double(number))) == number } ?? 8
}

private func exponentText(_ number: Float, digits: Int) -> String {
    let text = String(format: "%.\(digits)e", Double(number))
    return digits > 0 ? text : text.replacingOccurrences(of: "e", with: ".e")
}
