import Testing
import TuneBase
import TuneTrainer

@Suite struct TrainingArgumentsDerivedTests {
    @Test func optimizerSettingsAreNamesAndValues() throws {
        let args = TrainingArguments(
            "x", optimArgs: "momentum=0.9, nesterov=True,maximize=false,foreach=None,k=3,a=b=c")
        #expect(
            try args.optimOptions() == [
                "momentum": 0.9, "nesterov": true, "maximize": false, "foreach": nil, "k": 3,
                "a": "b=c",
            ])
        #expect(try TrainingArguments("x").optimOptions() == [:])
        for text in ["momentum", "=1", "a=1,b="] {
            #expect(throws: TuneError.self) {
                try TrainingArguments("x", optimArgs: text).optimOptions()
            }
        }
    }

    @Test func checkpointingOfActivationsHasTwoNames() {
        #expect(!TrainingArguments("x").checkpointsActivations)
        #expect(TrainingArguments("x", gradientCheckpointing: true).checkpointsActivations)
        let args = TrainingArguments(
            "x", activationCheckpointing: false, gradientCheckpointing: true,
            gradientCheckpointingKwargs: ["every_n_layers": 3])
        #expect(!args.checkpointsActivations)
        #expect(args.activationCheckpointingInterval == 3)
        #expect(TrainingArguments("x").activationCheckpointingInterval == 1)
    }
}
