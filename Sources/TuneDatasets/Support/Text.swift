import TuneBase

/// Names as Python prints a list of strings.
func pythonList(_ names: [String]) -> String {
    "[\(names.map { pythonRepr($0) }.joined(separator: ", "))]"
}

/// The remedy that names the nearest existing name, if one is near.
func didYouMean(_ name: String, among known: [String]) -> String? {
    nearestName(to: name, in: known).map { "Did you mean '\($0)'?" }
}

/// The error of a look-up by a column name that does not exist.
func missingColumn(_ name: String, among known: [String]) -> TuneError {
    TuneError(
        .missingInput, "Column '\(name)' doesn't exist.",
        remedy: suggestion(for: name, among: known))
}

extension String {
    /// The text without white space at either end.
    var trimmed: String {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }

    /// Every line behind `count` spaces.
    func indented(by count: Int) -> String {
        let margin = String(repeating: " ", count: count)
        return split(separator: "\n", omittingEmptySubsequences: false)
            .map { margin + $0 }.joined(separator: "\n")
    }
}
