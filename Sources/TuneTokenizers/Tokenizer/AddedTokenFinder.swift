/// Finds added tokens in text: the leftmost first, the longest of those that begin there.
struct AddedTokenFinder: Sendable {
    private var trie = ByteTrie()
    private var patterns: [(id: Int32, token: AddedToken)] = []
    private var begins = [Bool](repeating: false, count: 256)

    /// A part of a text: an added token, or what lies between two.
    struct Part {
        /// The bytes.
        var range: Range<Int>
        /// The id of the token, nil for other text.
        var id: Int32?
    }

    /// Whether there is nothing to find.
    var isEmpty: Bool { patterns.isEmpty }

    /// Adds a text to search for.
    mutating func insert(_ bytes: [UInt8], _ id: Int, _ token: AddedToken) {
        guard let first = bytes.first else { return }
        begins[Int(first)] = true
        if trie[bytes] == nil { trie.insert(bytes, Int32(patterns.count)) }
        patterns.append((Int32(truncatingIfNeeded: id), token))
    }

    /// Cuts a text at the added tokens in it.
    func parts(of bytes: UnsafeBufferPointer<UInt8>) -> [Part] {
        var parts: [Part] = []
        var done = 0
        var index = 0
        trie.withLookup { lookup in
            while let start = bytes[index...].firstIndex(where: { begins[Int($0)] }) {
                guard let match = lookup.longestMatch(from: 0, bytes, start, bytes.count) else {
                    index = start + 1
                    continue
                }
                index = match.end
                let (id, token) = patterns[Int(match.value)]
                var range = start..<match.end
                if token.isSingleWord, touchesWord(bytes, range) { continue }
                if token.stripsLeft {
                    range = max(spaceBefore(bytes, start), done)..<range.upperBound
                }
                if token.stripsRight { range = range.lowerBound..<spaceAfter(bytes, match.end) }
                if done < range.lowerBound { parts.append(Part(range: done..<range.lowerBound)) }
                parts.append(Part(range: range, id: id))
                done = range.upperBound
                index = max(index, done)
            }
        }
        if done < bytes.count { parts.append(Part(range: done..<bytes.count)) }
        return parts
    }

    private func touchesWord(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        if range.lowerBound > 0 {
            let before = UTF8Bytes.start(in: bytes, before: range.lowerBound)
            if isWord(bytes, before) { return true }
        }
        return range.upperBound < bytes.count && isWord(bytes, range.upperBound)
    }

    private func isWord(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        ScalarProperties.of(UTF8Bytes.scalar(in: bytes, at: index).0).contains(.word)
    }

    private func spaceBefore(_ bytes: UnsafeBufferPointer<UInt8>, _ end: Int) -> Int {
        var index = end
        while index > 0 {
            let before = UTF8Bytes.start(in: bytes, before: index)
            let scalar = UTF8Bytes.scalar(in: bytes, at: before).0
            guard ScalarProperties.of(scalar).contains(.whitespace) else { break }
            index = before
        }
        return index
    }

    private func spaceAfter(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        var index = start
        while index < bytes.count {
            let (scalar, length) = UTF8Bytes.scalar(in: bytes, at: index)
            guard ScalarProperties.of(scalar).contains(.whitespace) else { break }
            index += length
        }
        return index
    }
}
