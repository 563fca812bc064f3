import ProgramTestSupport
import Testing

/// Runs that are killed, interrupted, or whose files and numbers are spoiled.
///
/// `ReliabilityRun` does it and says what went wrong; `make reliability` lets it do ten times as
/// much.
@Suite(.serialized) struct ReliabilityTests {
    @Test(arguments: [
        ("kills", 200, ["200 kills inside a save"]),
        ("corruptions", 1, ["40 cases", "40 detected", "40 fell back", "40 bit-equal ends"]),
        ("signals", 50, ["50 signals"]),
        ("disks", 50, ["50 points", "50 resumed with space again, bit-equal"]),
        ("numbers", 50, ["50 detected within a step", "50 named", "50 without a bad checkpoint"]),
        ("resumptions", 1, ["6 configurations", "240 resumptions", "240 bit-equal ends"]),
    ])
    func nothingIsLost(_ scenario: String, _ count: Int, _ expected: [String]) throws {
        let outcome = try runProgram("ReliabilityRun", [scenario, "\(count)"])
        #expect(outcome.code == 0, "\(outcome.output)\(outcome.errors)")
        for text in expected { #expect(outcome.output.contains(text), "\(outcome.output)") }
    }
}
