import Foundation
import TuneBase
import TuneTestSupport
import TuneTokenizers

/// Reads a file of the fixtures.
func golden(_ name: String) throws -> JSONValue {
    try JSONValue(contentsOf: URL(fileURLWithPath: fixtures() + "/" + name))
}

/// The small tokenizer of the fixtures.
func tinyBERT() throws -> PreTrainedTokenizer {
    try AutoTokenizer.fromPretrained(fixtures() + "/tiny-bert")
}

/// Runs `body` with a new directory that is removed afterwards.
func withTemporaryDirectory<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let directory = FileManager.default.temporaryDirectory
        .appendingPathComponent("tune-tokenizers-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    return try body(directory)
}

/// The checksum of `Tools/goldens/tokenizer.py`.
func digest(_ numbers: some Sequence<Int>) -> String {
    let value = numbers.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
        ($0 ^ UInt64(truncatingIfNeeded: $1)) &* 0x100_0000_01B3
    }
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}

extension JSONValue {
    /// The elements of an array of integers.
    var ints: [Int] { array?.compactMap(\.int) ?? [] }
    /// The elements of an array of texts.
    var strings: [String] { array?.compactMap(\.string) ?? [] }
    /// The elements of an array.
    var elements: [JSONValue] { array ?? [] }
}

extension Encoding {
    /// Everything but ids and tokens, in the order of the golden rows.
    var details: [(name: String, values: [Int])] {
        [
            ("types", typeIds), ("offsets", offsets.flatMap { [$0.lowerBound, $0.upperBound] }),
            ("words", wordIds.map { $0 ?? -1 }), ("sequences", sequenceIds.map { $0 ?? -1 }),
            ("special", specialTokensMask), ("attention", attentionMask),
        ]
    }

    /// The digest of a golden row.
    var digest: String {
        let bytes = tokens.flatMap { $0.utf8.map(Int.init) + [10] }
        return TuneTokenizersTests.digest(bytes + details.flatMap { $0.values.map { $0 + 1 } })
    }
}
