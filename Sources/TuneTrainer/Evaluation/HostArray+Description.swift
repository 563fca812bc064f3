import Foundation
import TuneBase

extension HostArray: CustomStringConvertible {
    /// The array as NumPy prints it: aligned columns, and the middle left out above 1000 elements.
    public var description: String {
        let texts = ElementTexts(self)
        return block(of: texts, start: 0, axis: 0, indent: 1)
    }

    private func block(of texts: ElementTexts, start: Int, axis: Int, indent: Int) -> String {
        guard axis < shape.count else { return texts[start] }
        let stride = shape[(axis + 1)...].reduce(1, *)
        let isLast = axis == shape.count - 1
        let parts = shownIndices(shape[axis]).map { index in
            index.map {
                block(of: texts, start: start + $0 * stride, axis: axis + 1, indent: indent + 1)
            } ?? "..."
        }
        let separator =
            isLast
            ? " "
            : String(repeating: "\n", count: shape.count - 1 - axis)
                + String(repeating: " ", count: indent)
        return "[" + parts.joined(separator: separator) + "]"
    }

    /// The indices shown along an axis; nil stands for the middle that is left out.
    private func shownIndices(_ extent: Int) -> [Int?] {
        guard count > 1000, extent > 6 else { return Array(0..<extent) }
        return [0, 1, 2, nil, extent - 3, extent - 2, extent - 1]
    }
}

/// The text of every element, all of one width.
private struct ElementTexts {
    private let texts: [String]

    init(_ array: HostArray) {
        switch array.values {
        case .ints(let numbers): texts = Self.alignedRight(numbers.map { String($0) })
        case .floats(let numbers): texts = Self.texts(numbers)
        }
    }

    subscript(position: Int) -> String { texts[position] }

    private static func alignedRight(_ texts: [String]) -> [String] {
        let width = texts.map(\.count).max() ?? 0
        return texts.map { String(repeating: " ", count: width - $0.count) + $0 }
    }

    /// Plain decimals, or exponents where the magnitudes differ too much for them.
    private static func texts(_ numbers: [Float]) -> [String] {
        let magnitudes = numbers.filter { $0.isFinite && $0 != 0 }.map { abs($0) }
        let (least, greatest) = (magnitudes.min() ?? 1, magnitudes.max() ?? 1)
        guard greatest < 1e8, least >= 1e-4, greatest / least <= 1000 else {
            return alignedRight(numbers.map { exponentText($0) })
        }
        let parts = numbers.map { decimalParts($0) }
        let wholeWidth = parts.map(\.whole.count).max() ?? 0
        let fractionWidth = parts.map(\.fraction.count).max() ?? 0
        return parts.map { whole, fraction in
            String(repeating: " ", count: wholeWidth - whole.count) + whole + fraction
                + String(repeating: " ", count: fractionWidth - fraction.count)
        }
    }

    /// The shortest digits, at most eight after the point: `1.`, `.25`.
    private static func decimalParts(_ number: Float) -> (whole: String, fraction: String) {
        guard number.isFinite else { return (plainName(number), "") }
        var text = "\(number)"
        if text.contains("e") || (text.split(separator: ".").last?.count ?? 0) > 8 {
            text = String(format: "%.8f", Double(number))
            while text.hasSuffix("0") { text.removeLast() }
        }
        if text.hasSuffix(".0") { text.removeLast() }
        let point = text.firstIndex(of: ".") ?? text.endIndex
        return (String(text[..<point]), String(text[point...]))
    }

    private static func exponentText(_ number: Float) -> String {
        number.isFinite ? String(format: "%.8e", Double(number)) : plainName(number)
    }

    private static func plainName(_ number: Float) -> String {
        number.isNaN ? "nan" : number < 0 ? "-inf" : "inf"
    }
}
