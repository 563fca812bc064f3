import TuneBase

/// Keeps runs of word characters and runs of other visible characters: `\w+|[^\w\s]+`.
struct Whitespace: PreTokenizer {
    init() {}

    init(_ fields: JSONFields) throws { self.init() }

    func preTokenize(_ text: inout PreTokenizedString) {
        let table = ScalarProperties.table
        text.split { bytes, piece, result in
            var index = Int(piece.start)
            var start = index
            var runIsWord: Bool?
            while index < piece.end {
                let (scalar, length) = UTF8Bytes.scalar(in: bytes, at: index)
                let properties = table[scalar]
                let isWord: Bool? =
                    properties.contains(.word)
                    ? true : properties.contains(.whitespace) ? nil : false
                if isWord != runIsWord {
                    if runIsWord != nil { result.append(Span(start, index)) }
                    (start, runIsWord) = (index, isWord)
                }
                index += length
            }
            if runIsWord != nil { result.append(Span(start, Int(piece.end))) }
        }
    }

    var json: JSONValue { ["type": "Whitespace"] }
}

/// Cuts at whitespace, which is dropped.
struct WhitespaceSplit: PreTokenizer {
    init() {}

    init(_ fields: JSONFields) throws { self.init() }

    func preTokenize(_ text: inout PreTokenizedString) {
        text.split(.removed) { $0.contains(.whitespace) }
    }

    var json: JSONValue { ["type": "WhitespaceSplit"] }
}
