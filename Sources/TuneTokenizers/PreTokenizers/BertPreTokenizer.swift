import TuneBase

/// Cuts at whitespace, which is dropped, and isolates every punctuation scalar.
struct BertPreTokenizer: PreTokenizer {
    init() {}

    init(_ fields: JSONFields) throws { self.init() }

    func preTokenize(_ text: inout PreTokenizedString) {
        let table = ScalarProperties.table
        text.split { bytes, piece, result in
            var index = Int(piece.start)
            let end = Int(piece.end)
            var wordStart = index
            while index < end {
                let (scalar, length) = UTF8Bytes.scalar(in: bytes, at: index)
                let properties = table[scalar]
                if properties.isDisjoint(with: Self.boundary) {
                    index += length
                    continue
                }
                if wordStart < index { result.append(Span(wordStart, index)) }
                if !properties.contains(.whitespace) {
                    result.append(Span(index, index + length))
                }
                index += length
                wordStart = index
            }
            if wordStart < end { result.append(Span(wordStart, end)) }
        }
    }

    private static let boundary: ScalarProperties = [.whitespace, .punctuation]

    var json: JSONValue { ["type": "BertPreTokenizer"] }
}
