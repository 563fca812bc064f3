import Testing
import TuneBase
import TuneTrainer

@Suite struct HubArgumentsTests {
    @Test func pythonsNamesAndDefaults() throws {
        let args = TrainingArguments("out")
        #expect(!args.pushToHub && !args.hubAlwaysPush && args.hubStrategy == .everySave)
        #expect(args.hubModelID == nil && args.hubToken == nil && args.hubRevision == nil)
        #expect(args.hubPrivateRepo == nil)
        let read = try TrainingArguments(
            json: [
                "output_dir": "out", "push_to_hub": true, "hub_model_id": "me/x",
                "hub_token": "hf_x", "hub_strategy": "all_checkpoints", "hub_private_repo": true,
                "hub_always_push": true, "hub_revision": "dev",
            ], source: "run.json")
        #expect(
            read
                == args.setPushToHub(
                    "me/x", strategy: .allCheckpoints, token: "hf_x", privateRepo: true,
                    alwaysPush: true, revision: "dev"))
    }

    @Test func theTokenDoesNotShow() throws {
        let args = TrainingArguments("out").setPushToHub("me/x", token: "hf_secret")
        let json = args.toJSON()
        #expect(json["hub_token"] == "<HUB_TOKEN>")
        var dumped = ""
        dump(args, to: &dumped)
        for text in [json.serialized(), "\(args)", String(reflecting: args), dumped] {
            #expect(!text.contains("hf_secret"))
        }
        #expect(dumped.contains("learning_rate"))
        #expect(try TrainingArguments(json: json, source: "x").hubToken == nil)
        #expect(TrainingArguments("out").toJSON()["hub_token"] == .null)
    }

    @Test func whatCannotBe() throws {
        let wrong = TrainingArguments("out").setPushToHub("a/b/c", revision: "a..b")
        let error = #expect(throws: TuneError.self) { try wrong.validate() }
        let message = try #require(error).message
        for part in ["2 problems", "hub_model_id: 'a/b/c'", "hub_revision: 'a..b'", "user/model"] {
            #expect(message.contains(part), "\(message)")
        }
        let strategy = #expect(throws: TuneError.self) {
            try TrainingArguments(json: ["hub_strategy": "every_sav"], source: "run.json")
        }
        #expect(strategy?.remedy?.contains("'every_save'") == true)
    }
}
