// Disturbs trainings and looks at what becomes of them.
//
//   ReliabilityRun SCENARIO COUNT         one scenario; its row of the report, and what went wrong
//   ReliabilityRun cost minilm|base       what a checkpoint costs
//   ReliabilityRun overhead               what the Trainer adds to the work of a step
//   ReliabilityRun all [TIMES [REPORT]]   all scenarios, TIMES the numbers of `make test`

import FineTuneKit
import Foundation

setenv("FINETUNE_LOG_LEVEL", "critical", 1)
PlainLogHandler.bootstrap()
let arguments = Array(CommandLine.arguments.dropFirst())

if arguments.first == "child", arguments.count == 6 {
    exit(
        ChildMode(
            directory: arguments[1], saveSteps: Int(arguments[2]) ?? 1,
            pause: UInt32(arguments[3]) ?? 0, deadline: Double(arguments[4]) ?? 0,
            savesMeanwhile: arguments[5] == "meanwhile"
        ).run())
}

do {
    if arguments.first == "all" {
        let report = try Report(times: arguments.dropFirst().first.flatMap(Int.init) ?? 1)
        if arguments.count > 2 { try report.write(to: arguments[2]) }
        exit(report.isClean ? 0 : 1)
    }
    if arguments.first == "cost", ["minilm", "base"].contains(arguments.last) {
        try SaveCost(ofBase: arguments.last == "base")() { lines in
            for line in lines { print(line) }
            fflush(nil)
        }
        exit(0)
    }
    if arguments == ["overhead"] {
        for line in try StepOverhead()() { print(line) }
        exit(0)
    }
    guard arguments.count == 2, let scenario = Scenario(rawValue: arguments[0]),
        let count = Int(arguments[1])
    else {
        let names = Scenario.allCases.map(\.rawValue).joined(separator: "|")
        print("usage: ReliabilityRun \(names) COUNT, or: ReliabilityRun all [TIMES [REPORT]]")
        exit(64)
    }
    let tally = try scenario.run(count)
    print(tally.row)
    for failure in tally.failures { print(failure) }
    exit(tally.failures.isEmpty ? 0 : 1)
} catch {
    print("\(error)")
    exit(1)
}
