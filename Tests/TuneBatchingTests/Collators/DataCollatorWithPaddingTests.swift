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
