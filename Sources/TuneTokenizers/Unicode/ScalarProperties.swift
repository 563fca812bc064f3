/// What the pipeline asks about a single scalar.
package struct ScalarProperties: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    /// Creates the set with the given bits.
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Removed by BERT's text cleaning.
    package static let control = ScalarProperties(rawValue: 1)
    /// White_Space.
    package static let whitespace = ScalarProperties(rawValue: 2)
    /// Isolated by BERT as an ideograph.
    package static let ideograph = ScalarProperties(rawValue: 4)
    /// Category Mn, dropped by BERT's accent stripping.
    package static let nonspacingMark = ScalarProperties(rawValue: 8)
    /// Categories Mn, Mc and Me.
    package static let combiningMark = ScalarProperties(rawValue: 16)
    /// ASCII punctuation and the P categories.
    package static let punctuation = ScalarProperties(rawValue: 32)
    /// What `\w` matches.
    package static let word = ScalarProperties(rawValue: 64)

    /// The properties of all scalars.
    static let table: PagedTable<ScalarProperties> = {
        let sets: [(String, ScalarProperties)] = [
            (UnicodeData.controls, .control), (UnicodeData.whitespace, .whitespace),
            (UnicodeData.ideographs, .ideograph), (UnicodeData.nonspacingMarks, .nonspacingMark),
            (UnicodeData.combiningMarks, .combiningMark), (UnicodeData.punctuation, .punctuation),
            (UnicodeData.wordCharacters, .word),
        ]
        var table = PagedTable(repeating: ScalarProperties())
        for (data, property) in sets {
            var numbers = PackedNumbers(data)
            for range in numbers.ranges() { table.update(range) { $0.insert(property) } }
        }
        return table.compacted()
    }()

    /// The properties of one scalar.
    package static func of(_ scalar: UInt32) -> ScalarProperties { table[scalar] }
}
