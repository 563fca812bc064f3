import Testing
import TuneBase
import TuneTrainer

@Suite struct TrainingArgumentsDerivedTests {
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
