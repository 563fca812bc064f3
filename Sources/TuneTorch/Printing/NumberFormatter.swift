import Foundation

/// How the elements of one tensor are written: all in the same form and width, as PyTorch does.
struct NumberFormatter {
    private enum Form {
        /// Integers and truth values.
        case plain
        /// Whole numbers of a floating-point type: `3.`
        case whole
        /// Four decimals.
        case fixed
        /// Four decimals and an exponent.
        case scientific
    }

    private let form: Form
    /// The width that every element is padded to.
    let width: Int

    /// The form for texts that are already written.
    init(texts: [String]) {
        form = .plain
        width = texts.map(\.count).max() ?? 1
    }

    /// The form that suits floating-point `values`.
    init(_ values: [Double]) {
        let relevant = values.filter { $0.isFinite && $0 != 0 }
        let sizes = relevant.map(abs)
        guard let largest = sizes.max(), let smallest = sizes.min() else {
            (form, width) = (.whole, 1)
            return
        }
        let isWide = largest / smallest > 1000 || largest > 1e8
        if relevant.allSatisfy({ $0 == $0.rounded() }) {
            form = isWide ? .scientific : .whole
        } else {
            form = isWide || smallest < 1e-4 ? .scientific : .fixed
        }
        let chosen = form
        width = relevant.map { Self.text($0, chosen).count }.max() ?? 1
    }

    /// A value in this form, padded on the left.
    func format(_ value: Double) -> String { pad(Self.text(value, form)) }

    /// A text padded on the left.
    func pad(_ text: String) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    private static func text(_ value: Double, _ form: Form) -> String {
        if value.isNaN { return "nan" }
        if value.isInfinite { return value < 0 ? "-inf" : "inf" }
        switch form {
        case .plain, .whole: return String(format: "%.0f.", value)
        case .fixed: return String(format: "%.4f", value)
        case .scientific: return String(format: "%.4e", value)
        }
    }
}
