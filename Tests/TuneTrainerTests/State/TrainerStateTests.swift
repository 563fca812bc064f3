import Foundation
import Testing
import TuneBase
import TuneTrainer

@Suite struct TrainerStateTests {
    @Test(
        arguments: [
            ([], "an array where an object"), ([:], "no 'global_step'"),
            (
                ["global_step": 1e300, "max_steps": 1, "log_history": []],
                "'global_step' is a number"
            ),
            (["global_step": -1, "max_steps": 1, "log_history": []], "counts nothing"),
            (["global_step": 1, "max_steps": 1, "log_history": [3]], "'log_history'"),
        ] as [(JSONValue, String)])
    func damageIsNamedWithAFix(json: JSONValue, part: String) throws {
        let error = #expect(throws: TuneError.self) {
            try TrainerState(json: json, source: "trainer_state.json")
        }
        #expect(error?.code == .badData)
        #expect(error?.message.contains(part) == true && error?.remedy != nil)
        #expect(error?.message.contains("trainer_state.json") == true)
    }

    /// What `TrainerState().save_to_json` of transformers 5.23 writes.
    @Test func theEmptyStateIsWrittenAsPythonDoes() throws {
        try withTemporaryDirectory { directory in
            let file = URL(fileURLWithPath: directory + "/trainer_state.json")
            try TrainerState().save(to: file)
            let text = String(decoding: try readFile(file), as: UTF8.self)
            #expect(
                text == """
                    {
                      "best_global_step": null,
                      "best_metric": null,
                      "best_model_checkpoint": null,
                      "epoch": 0,
                      "eval_steps": 500,
                      "global_step": 0,
                      "is_hyper_param_search": false,
                      "is_local_process_zero": true,
                      "is_world_process_zero": true,
                      "log_history": [],
                      "logging_steps": 500,
                      "max_steps": 0,
                      "num_input_tokens_seen": 0,
                      "num_train_epochs": 0,
                      "save_steps": 500,
                      "stateful_callbacks": {},
                      "total_flos": 0,
                      "train_batch_size": null,
                      "trial_name": null,
                      "trial_params": null
                    }

                    """)
        }
    }
}
