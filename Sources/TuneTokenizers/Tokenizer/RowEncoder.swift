import TuneBase

/// Encodes rows: stages one to four and truncation; padding needs to know the whole batch.
struct RowEncoder: Sendable {
    /// A text, or one that comes in words.
    enum Input: Sendable {
        case text(String)
        case words([String])
    }

    let tokenizer: Tokenizer
    var addsSpecialTokens = true
    var truncation: Truncation?
    /// Whether what truncation removes is kept as further windows.
    var keepsOverflow = false

    /// Encodes one row.
    func encode(_ first: Input, _ second: Input? = nil) throws -> Encoding {
        let first = try tokenize(first, number: 0)
        let second = try second.map { try tokenize($0, number: 1, textsBefore: first.texts.count) }
        let texts = first.texts + (second?.texts ?? [])
        guard let truncation else {
            return encoding(first.tokens, second?.tokens, texts)
        }
        let windows = try truncation.windows(
            first.tokens.count, second?.tokens.count,
            specialTokens: specialTokenCount(isPair: second != nil))
        func row(_ a: Int, _ b: Int) -> Encoding {
            encoding(
                Array(first.tokens[windows.first[a]]),
                second.map { Array($0.tokens[windows.second?[b] ?? 0..<0]) }, texts)
        }
        var result = row(0, 0)
        if keepsOverflow {
            let others = windows.second?.indices ?? 0..<1
            result.overflowing =
                windows.first.indices.dropFirst().flatMap { a in others.map { row(a, $0) } }
                + others.dropFirst().map { row(0, $0) }
        }
        return result
    }

    private func tokenize(
        _ input: Input, number: Int8, textsBefore: Int = 0
    ) throws -> TokenSequence {
        var sequence = TokenSequence()
        switch input {
        case .text(let text):
            try checkLength(text)
            sequence.tokens.reserveCapacity(text.utf8.count / 4 + 2)
            tokenizer.tokenize(text, into: &sequence)
        case .words(let words):
            for (word, text) in words.enumerated() {
                try checkLength(text)
                tokenizer.tokenize(
                    text, asWord: Int32(truncatingIfNeeded: word), into: &sequence)
            }
        }
        for index in sequence.tokens.indices {
            sequence.tokens[index].sequence = number
            sequence.tokens[index].type = Int32(number)
            if sequence.tokens[index].text >= 0 {
                sequence.tokens[index].text += Int32(truncatingIfNeeded: textsBefore)
            }
        }
        return sequence
    }

    private func checkLength(_ text: String) throws {
        guard text.utf8.count < Int(Int32.max) / 4 else {
            throw TuneError(
                .badData, "A text of \(text.utf8.count) bytes is too long for the tokenizer.",
                remedy: "Split it into documents of less than 512 MiB.")
        }
    }

    private func specialTokenCount(isPair: Bool) -> Int {
        guard addsSpecialTokens else { return 0 }
        return tokenizer.components.postProcessor?.addedTokenCount(isPair: isPair) ?? 0
    }

    private func encoding(
        _ first: [EncodedToken], _ second: [EncodedToken]?, _ texts: [String]
    ) -> Encoding {
        let row =
            tokenizer.components.postProcessor?.process(
                first, second, addsSpecialTokens: addsSpecialTokens) ?? first + (second ?? [])
        return Encoding(row, texts: texts, tokenizer: tokenizer)
    }
}
