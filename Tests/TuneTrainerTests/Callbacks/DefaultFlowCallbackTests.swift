import Testing
import TuneBase
import TuneTrainer

/// When to log, evaluate, save and stop, for every combination of strategies, against Python.
@Suite struct DefaultFlowCallbackTests {
    @Test func cadenceIsPythons() throws {
        let cases = try #require(golden("cadence")["cases"]?.array)
        #expect(cases.count == 108)
        for entry in cases {
            var args = TrainingArguments("unused")
            for (name, value) in try #require(entry["arguments"]?.object).members {
                try args.set(name, value, source: "cadence.json")
            }
            let steps = try #require(entry["max_steps"]?.int)
            let perEpoch = try #require(entry["per_epoch"]?.int)
            let (marks, intervals) = cadence(args, steps: steps, perEpoch: perEpoch)
            #expect(marks == entry["marks"]?.string, "\(entry.serialized())")
            #expect(intervals == entry["intervals"]?.array?.compactMap(\.int))
        }
    }
}
