import Foundation
import Testing
import TuneBase
import TuneBatching
import TuneTestSupport
import TuneTokenizers
import TuneTorch

/// Batches of a small BERT tokenizer against Python's collator.
@Suite struct DataCollatorWithPaddingTests {
    @Test(arguments: ["longest", "multiple", "max_length", "float_labels"])
    func padsAsPython(name: String) throws {
        let golden = try #require(Golden.loaders().json["collator"]?[name])
        let tokenizer = try AutoTokenizer.fromPretrained(fixtures() + "/tokenizer")
        let collator = DataCollatorWithPadding(
            tokenizer: tokenizer, padding: name == "max_length" ? .maxLength : true,
            maxLength: name == "max_length" ? 9 : nil, padToMultipleOf: name == "multiple" ? 8 : nil
        )
        var features = Columns()
        for (column, values) in try #require(golden["features"]?.object).members {
            let rows = try #require(values.array)
            features[column] =
                rows.first?.array == nil
                ? ColumnData(rows.map { $0.int.map(DataValue.int) ?? .double($0.double ?? 0) })
                : .intLists(RaggedInts(rows.map { ($0.array ?? []).compactMap(\.int) }))
        }
        let batch = try collator(features)
        let expected = try #require(golden["batch"]?.object)
        #expect(batch.names.sorted() == expected.keys.sorted())
        for (input, wanted) in expected.members {
            let tensor = try #require(batch[input])
            #expect(tensor.shape == wanted["shape"]?.array?.compactMap(\.int))
            #expect(tensor.tensor().dtype.name == wanted["dtype"]?.string)
            #expect(tensor.tensor().doubles() == wanted["values"]?.array?.compactMap(\.double))
        }
    }

    @Test func padsOnTheLeftAndMakesAMask() throws {
        let copy = FileManager.default.temporaryDirectory
            .appendingPathComponent("tune-batching-\(UUID().uuidString)")
        try FileManager.default.copyItem(atPath: fixtures() + "/tokenizer", toPath: copy.path)
        defer { try? FileManager.default.removeItem(at: copy) }
        let file = copy.appendingPathComponent("tokenizer_config.json")
        var settings = try #require(JSONValue(contentsOf: file).object)
        settings["padding_side"] = "left"
        try writeFileAtomically(file, JSONValue.object(settings).serialized())
        let tokenizer = try AutoTokenizer.fromPretrained(copy.path)
        let batch = try DataCollatorWithPadding(tokenizer)(
            Columns(["label": .ints([1, 0]), "input_ids": .intLists([[2, 3], [2, 4, 5, 3]])]))
        let filler = try #require(tokenizer.padTokenId)
        #expect(batch.names == ["input_ids", "attention_mask", "labels"])
        #expect(batch["input_ids"]?.ints == [filler, filler, 2, 3, 2, 4, 5, 3])
        #expect(batch["attention_mask"]?.ints == [0, 0, 1, 1, 1, 1, 1, 1])
        #expect(batch["labels"]?.ints == [1, 0])
    }

    @Test func columnsThatDoNotMatchTheTokensAreRefused() throws {
        let collator = DataCollatorWithPadding(
            try AutoTokenizer.fromPretrained(fixtures() + "/tokenizer"))
        func error(types: RaggedInts) -> String {
            let error = #expect(throws: TuneError.self) {
                try collator(
                    Columns([
                        "input_ids": .intLists([[2, 3], [2, 4, 3]]),
                        "token_type_ids": .intLists(types),
                    ]))
            }
            return error?.message ?? ""
        }
        #expect(error(types: [[0, 0]]).contains("1 rows instead of 2"))
        #expect(error(types: [[0, 0], [0, 0]]).contains("'token_type_ids' differ in length"))
    }

    @Test func rowsOfEqualLengthNeedNoPadding() throws {
        let collator = DataCollatorWithPadding(
            try AutoTokenizer.fromPretrained(fixtures() + "/tokenizer"), padding: false)
        let batch = try collator(Columns(["input_ids": .intLists([[2], [3]])]))
        #expect(batch["input_ids"]?.shape == [2, 1])
        #expect(batch["attention_mask"]?.ints == [1, 1])
        #expect(throws: TuneError.self) {
            try collator(Columns(["input_ids": .intLists([[2], [3, 4]])]))
        }
    }

    @Test func textColumnsAreRefusedByName() throws {
        let tokenizer = try AutoTokenizer.fromPretrained(fixtures() + "/tokenizer")
        let error = #expect(throws: TuneError.self) {
            try DataCollatorWithPadding(tokenizer)(
                Columns(["sentence1": .strings(["a"]), "input_ids": .intLists([[2, 3]])]))
        }
        #expect(error?.message.contains("'sentence1'") == true)
        #expect(error?.remedy?.contains("removeColumns") == true)
    }
}
