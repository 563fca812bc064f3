import FineTuneKit
import Testing
import TuneTestSupport

/// What the configurations of the parity suite cover.
@Suite struct GridTests {
    @Test func everyConfigurationHasAGolden() throws {
        #expect(try readJSON("versions.json")["configurations"]?.int == GoldenTraining.names.count)
        #expect(GoldenTraining.names.count >= 40)
    }

    @Test func everyChoiceIsTaken() throws {
        try #expect(values("lr_scheduler_type") == Set(ScheduleName.allCases.map(\.rawValue)))
        try #expect(values("optim") == Set(OptimizerName.allCases.map(\.rawValue)))
        try #expect(
            values("train_sampling_strategy") == Set(SamplingStrategy.allCases.map(\.rawValue)))
        try #expect(values("save_strategy") == Set(SaveStrategy.allCases.map(\.rawValue)))
        for name in ["logging_strategy", "eval_strategy"] {
            try #expect(values(name) == Set(IntervalStrategy.allCases.map(\.rawValue)), "\(name)")
        }
        try #expect(
            values("include_num_input_tokens_seen") == Set(TokenCounting.allCases.map(\.rawValue)))
    }

    /// The values that a choice has in some configuration, its default included.
    private func values(_ name: String) throws -> Set<String> {
        let defaults = TrainingArguments().toJSON()
        let given = try GoldenTraining.names.compactMap {
            try GoldenTraining($0).arguments[name]?.string
        }
        return Set(given).union([defaults[name]?.string].compactMap(\.self))
    }
}
