import TuneBase

/// Whether `name` may name a split: words of letters, digits and `_`, joined by dots.
func isSplitName(_ name: String) -> Bool {
    let words = name.split(separator: ".", omittingEmptySubsequences: false)
    return words.allSatisfy { word in
        !word.isEmpty
            && word.unicodeScalars.allSatisfy { scalar in
                scalar == "_" || scalar.properties.isAlphabetic
                    || scalar.properties.numericType != nil
            }
    }
}

/// Throws in Python's words unless `name` may name a split.
func checkSplitName(_ name: String) throws {
    guard isSplitName(name) else {
        throw TuneError(
            .badConfig,
            "Split name should match '^\\w+(\\.\\w+)*$' but got \(pythonRepr(name)).",
            remedy: "Use letters, digits, '_' and '.'.")
    }
}
