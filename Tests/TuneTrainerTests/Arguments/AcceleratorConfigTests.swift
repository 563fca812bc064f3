import Testing
import TuneBase
import TuneTrainer

@Suite struct AcceleratorConfigTests {
    @Test func readsAndWritesPythonsNames() throws {
        let config = try AcceleratorConfig(json: [
            "split_batches": true, "use_seedable_sampler": false, "dispatch_batches": nil,
            "gradient_accumulation_kwargs": nil, "use_configured_state": false,
        ])
        #expect(config.splitBatches)
        #expect(!config.useSeedableSampler)
        #expect(try AcceleratorConfig(json: config.toJSON()) == config)
    }

    @Test(arguments: [
        ("split_batch", JSONValue.bool(true), "no setting 'split_batch'"),
        ("even_batches", .int(1), "'even_batches' of accelerator_config is an integer"),
        ("dispatch_batches", .string("x"), "'dispatch_batches' of accelerator_config is a string"),
        ("use_configured_state", .bool(true), "not available"),
        ("gradient_accumulation_kwargs", .object(JSONObject()), "not available"),
    ])
    func refusesWhatItCannotFollow(name: String, value: JSONValue, part: String) throws {
        let error = #expect(throws: TuneError.self) {
            try TrainingArguments(
                json: ["accelerator_config": .object(JSONObject([(name, value)]))], source: "x")
        }
        #expect(try #require(error).message.contains(part))
    }
}
