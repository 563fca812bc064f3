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

/// Asks the callback at each step and each end of an epoch, and writes its answers as letters.
private func cadence(
    _ args: TrainingArguments, steps: Int, perEpoch: Int
) -> (marks: String, intervals: [Int]) {
    var state = TrainerState()
    state.maxSteps = steps
    state.computeSteps(args)
    let model = ToyClassifier()
    func answer(_ event: TrainerEvent) -> TrainerControl {
        var control = TrainerControl()
        let context = TrainerContext(
            args: args, state: state, model: model, optimizer: nil,
            console: QuietConsole().console)
        DefaultFlowCallback().on(event, context, &control)
        return control
    }
    var marks: [String] = []
    for step in 1...steps {
        state.globalStep = step
        state.epoch = Double(step) / Double(perEpoch)
        let control = answer(.stepEnd)
        marks.append(letters(control))
        guard step.isMultiple(of: perEpoch) || control.shouldTrainingStop else { continue }
        var end = answer(.epochEnd)
        end.shouldTrainingStop = control.shouldTrainingStop
        marks.append("|" + letters(end))
    }
    return (marks.joined(separator: " "), [state.loggingSteps, state.evalSteps, state.saveSteps])
}

private func letters(_ control: TrainerControl) -> String {
    let flags = [
        ("l", control.shouldLog), ("e", control.shouldEvaluate), ("s", control.shouldSave),
        ("x", control.shouldTrainingStop),
    ]
    let text = flags.filter(\.1).map(\.0).joined()
    return text.isEmpty ? "-" : text
}
