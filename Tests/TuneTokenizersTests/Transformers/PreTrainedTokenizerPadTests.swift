import Foundation
import Testing
import TuneBase
import TuneTestSupport
import TuneTokenizers

struct PreTrainedTokenizerPadTests {
    @Test func everyCombinationIsAsInPython() throws {
        let tokenizer = try tinyBERT()
        let cases = try golden("padding.json")["cases"]?.elements ?? []
        #expect(cases.count > 40)
        for item in cases {
            let options = try #require(item["options"])
            let side = options["padding_side"]?.string ?? item["side"]?.string
            let padded = try tokenizer.pad(
                columns(item["features"]), padding: padding(options["padding"]),
                maxLength: options["max_length"]?.int,
                padToMultipleOf: options["pad_to_multiple_of"]?.int,
                paddingSide: side.flatMap(Side.init(rawValue:)))
            #expect(padded == columns(item["result"]), "\(options)")
            #expect(padded.names == item["result"]?.object?.keys)
        }
    }

    private func columns(_ value: JSONValue?) -> Columns {
        var columns = Columns()
        for (name, rows) in value?.object?.members ?? [] {
            columns[name] =
                rows.elements.first?.array == nil
                ? .ints(rows.ints) : .intLists(RaggedInts(rows.elements.map(\.ints)))
        }
        return columns
    }

    private func padding(_ value: JSONValue?) -> PaddingStrategy {
        switch value {
        case .string("max_length"): .maxLength
        case .bool(false): .none
        default: .longest
        }
    }

    @Test func inputIdsAreNeeded() throws {
        let tokenizer = try tinyBERT()
        let error = #expect(throws: TuneError.self) {
            try tokenizer.pad(Columns(["label": .ints([1])]))
        }
        #expect(error?.message.contains("input_ids") == true)
    }

    @Test func columnsOfDifferentLengthAreRefused() throws {
        let tokenizer = try tinyBERT()
        let features = Columns([
            "input_ids": .intLists([[6, 7], [6]]), "token_type_ids": .intLists([[0, 0]]),
        ])
        #expect(throws: TuneError.self) { try tokenizer.pad(features) }
    }

    @Test func aPaddingTokenIsNeeded() throws {
        try withTemporaryDirectory { directory in
            let file = "/tokenizer.json"
            try FileManager.default.copyItem(
                atPath: fixtures() + "/tiny-bert" + file, toPath: directory.path + file)
            let tokenizer = try AutoTokenizer.fromPretrained(directory.path)
            #expect(tokenizer.padTokenId == nil)
            #expect(throws: TuneError.self) { try tokenizer(["hello"], padding: true) }
            #expect(throws: TuneError.self) {
                try tokenizer.pad(Columns(["input_ids": .intLists([[6]])]))
            }
        }
    }
}
