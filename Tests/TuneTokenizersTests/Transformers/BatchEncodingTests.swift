import Testing
import TuneBase
import TuneTokenizers

struct BatchEncodingTests {
    @Test func columnsAreInPythonsOrder() throws {
        let batch = try tinyBERT()(
            ["hello", "hello world"], returnSpecialTokensMask: true, returnOffsetsMapping: true,
            returnLength: true)
        #expect(
            batch.names == [
                "input_ids", "token_type_ids", "attention_mask", "special_tokens_mask",
                "offset_mapping", "length",
            ])
        #expect(try batch["input_ids"] == [[6, 236, 7], [6, 236, 237, 7]])
        #expect(try batch.columns.ints("length") == [3, 4])
        let offsets = try batch.columns.column("offset_mapping")[0]
        #expect(offsets.description == "[[0, 0], [0, 5], [0, 0]]")
        #expect(throws: TuneError.self) { try batch["inputids"] }
    }

    @Test func itPrintsAsInPython() throws {
        let tokenizer = try tinyBERT()
        #expect(
            try tokenizer("hello").description
                == "{'input_ids': [6, 236, 7], 'token_type_ids': [0, 0, 0], 'attention_mask': [1, 1, 1]}"
        )
        #expect(
            try tokenizer(["hello"], returnTokenTypeIds: false).description
                == "{'input_ids': [[6, 236, 7]], 'attention_mask': [[1, 1, 1]]}")
    }

    @Test func anEmptyBatchHasColumnsWithoutRows() throws {
        let batch = try tinyBERT()([String](), padding: true, truncation: true)
        #expect(batch.names == ["input_ids", "token_type_ids", "attention_mask"])
        #expect(batch.columns.rowCount == 0)
    }

    @Test func rowsTellTheirWordsAndSequences() throws {
        let batch = try tinyBERT()("walking", "hello")
        #expect(batch.tokens() == ["[CLS]", "walk", "##ing", "[SEP]", "hello", "[SEP]"])
        #expect(batch.wordIds() == [nil, 0, 0, nil, 0, nil])
        #expect(batch.sequenceIds() == [nil, 0, 0, nil, 1, nil])
        #expect(!batch.isBatch)
    }
}
