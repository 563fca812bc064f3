import Foundation
import ProgramTestSupport
import Testing

/// Runs that are killed, interrupted, or whose files and numbers are spoiled.
///
/// `ReliabilityRun` does it and says what went wrong; `make reliability` lets it do ten times as
/// much.
@Suite(.serialized) struct ReliabilityTests {
    @Test(arguments: [
        ("kills", 200, ["kills inside a save": 200, "of them while training went on": 50]),
        (
            "corruptions", 1,
            ["cases": 40, "detected": 40, "fell back to the checkpoint before": 40]
        ),
        ("signals", 50, ["signals": 50]),
        ("deadlines", 3, ["signals": 3, "exits with code 75 at the deadline": 3]),
        ("memory", 300, ["configurations": 5, "requests": 300]),
        ("disks", 50, ["points": 50, "resumed with space again": 50]),
        (
            "numbers", 50,
            ["detected within a step": 50, "named": 50, "without a bad checkpoint": 50]
        ),
        ("resumptions", 1, ["resumptions": 240, "bit-equal ends": 240]),
    ])
    func nothingIsLost(_ scenario: String, _ times: Int, _ wanted: [String: Int]) throws {
        let outcome = try runProgram("ReliabilityRun", [scenario, "\(times)"])
        #expect(outcome.code == 0, "\(outcome.output)\(outcome.errors)")
        for (name, least) in wanted {
            #expect(try count(of: name, in: outcome.output) >= least, "\(outcome.output)")
        }
    }

    /// The number before a name in a row of the report.
    private func count(of name: String, in row: String) throws -> Int {
        let end = try #require(row.range(of: " \(name)")).lowerBound
        let digits = row[..<end].reversed().prefix { $0.isNumber }
        return try #require(Int(String(digits.reversed())))
    }
}
