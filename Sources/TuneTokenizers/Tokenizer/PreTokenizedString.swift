/// A normalized text and the pieces that pre-tokenizers have cut it into so far.
package struct PreTokenizedString: Sendable {
    /// The text that the pieces are parts of.
    package var text: NormalizedString
    /// Byte ranges of `text`, ascending and not empty.
    package var pieces: [Span]

    /// Creates a text in one piece.
    package init(_ text: NormalizedString) {
        self.text = text
        pieces = text.bytes.isEmpty ? [] : [Span(0, text.bytes.count)]
    }

    /// Cuts every piece into those that `body` appends.
    mutating func split(
        _ body: (_ bytes: UnsafeBufferPointer<UInt8>, _ piece: Span, _ result: inout [Span]) -> Void
    ) {
        var result: [Span] = []
        result.reserveCapacity(max(pieces.count, text.bytes.count / 4))
        text.bytes.withUnsafeBufferPointer { bytes in
            for piece in pieces { body(bytes, piece, &result) }
        }
        pieces = result
    }

    /// Cuts every piece at its delimiters.
    mutating func split(
        _ behavior: SplitBehavior, at isDelimiter: (ScalarProperties) -> Bool
    ) {
        let table = ScalarProperties.table
        split { bytes, piece, result in
            var cutter = SplitCutter(behavior, at: Int(piece.start))
            var index = Int(piece.start)
            while index < piece.end {
                let (scalar, length) = UTF8Bytes.scalar(in: bytes, at: index)
                cutter.add(until: index + length, isDelimiter: isDelimiter(table[scalar]))
                index += length
            }
            result += cutter.pieces
        }
    }
}
