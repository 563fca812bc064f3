/// Columns of text, the first to the left and the others to the right.
struct TextTable {
    private var rows: [[String]]

    /// Begins with the headings.
    init(_ headings: String...) { rows = [headings] }

    /// Begins with a list of headings.
    init(_ headings: [String]) { rows = [headings] }

    /// Adds a row with a cell for each heading.
    mutating func add(_ cells: String...) { rows.append(cells) }

    /// Adds a row from a list.
    mutating func add(_ cells: [String]) { rows.append(cells) }

    /// The lines.
    var text: String {
        let widths = (rows.first ?? []).indices.map { column in
            rows.map { $0[column].count }.max() ?? 0
        }
        return rows.map { row in
            zip(row, widths).enumerated().map { column, cell in
                let (text, width) = cell
                let padding = String(repeating: " ", count: width - text.count)
                return column == 0 ? text + padding : padding + text
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}

/// A number with a fixed count of digits after the point.
func fixed(_ value: Double, _ digits: Int = 1) -> String {
    guard value.isFinite else { return "-" }
    let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
    let units = (abs(value) * scale).rounded()
    let whole = Int(units / scale)
    let sign = value < 0 && units > 0 ? "-" : ""
    guard digits > 0 else { return "\(sign)\(whole)" }
    let fraction = String(Int(units - Double(whole) * scale))
    return "\(sign)\(whole)." + String(repeating: "0", count: digits - fraction.count) + fraction
}
