import FineTuneKit
import Foundation
import Testing
import TuneTestSupport

/// The same small training here and in Python, under many arguments.
///
/// With `PARITY_REPORT=<file>` in the environment, the largest differences of each training are
/// appended to that file.
@Suite(.serialized) struct ParityTests {
    @Test(arguments: GoldenTraining.names)
    func followsPython(name: String) throws {
        try compare(name, .reference)
    }

    /// Only without dropout: this mode draws other masks.
    @Test(arguments: GoldenTraining.names.filter { $0.hasPrefix("exact") })
    func followsPythonInTheModeFast(name: String) throws {
        try compare(name, .fast)
    }

    private func compare(_ name: String, _ mode: ExecutionMode) throws {
        try withSharedRandomness {
            let directory = NSTemporaryDirectory() + "parity-\(UUID().uuidString)"
            defer { try? FileManager.default.removeItem(atPath: directory) }
            let golden = try GoldenTraining(name)
            let outcome = try ParityRun(golden: golden, mode: mode, directory: directory).outcome()
            var comparison = Comparison(golden)
            try comparison.compare(outcome)
            try comparison.closeness.report(name, mode)
        }
    }
}
