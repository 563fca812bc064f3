import FineTuneKit
import Foundation

/// The results of all scenarios.
struct Report {
    private var rows: [String] = []
    private var failures: [String] = []
    private let began = Date()

    /// Whether nothing went wrong.
    var isClean: Bool { failures.isEmpty }

    /// Runs all scenarios and shows each result as it comes.
    ///
    /// - Parameter times: How many times as often as in `make test`.
    /// - Throws: An error when a scenario cannot be set up.
    init(times: Int) throws {
        print(Self.head)
        for scenario in Scenario.allCases {
            let tally = try scenario.run(times * scenario.usualCount)
            print(tally.row)
            for failure in tally.failures { print("  \(failure)") }
            fflush(nil)
            rows.append(tally.row)
            failures += tally.failures
        }
    }

    private static let head = "| Scenario | Counts | Failures |\n|---|---|---|"

    /// Writes the results with date, version and machine as Markdown.
    func write(to path: String) throws {
        let day = began.formatted(.iso8601.year().month().day())
        let seconds = Int(Date().timeIntervalSince(began))
        let machine =
            "\(ProcessInfo.processInfo.activeProcessorCount) processor cores, \(ProcessInfo.processInfo.operatingSystemVersionString)"
        let lines =
            ["FineTune \(fineTuneVersion), \(day), \(machine), \(seconds) s", "", Self.head] + rows
            + failures.map { "\n- \($0)" }
        try writeFileAtomically(
            URL(fileURLWithPath: path), lines.joined(separator: "\n") + "\n")
    }
}
