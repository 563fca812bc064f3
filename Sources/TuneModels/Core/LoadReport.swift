/// What happened to each weight that did not simply go from the checkpoint into the model.
public struct LoadReport: Sendable, Hashable {
    /// A weight whose shape differs.
    public struct Mismatch: Sendable, Hashable {
        /// The parameter's name.
        public let name: String
        /// The shape in the checkpoint.
        public let found: [Int]
        /// The shape in the model.
        public let expected: [Int]
    }

    /// The Python class name of the model.
    public let architecture: String
    /// The checkpoint directory.
    public let source: String
    /// Parameters that the checkpoint lacks and that were newly initialised.
    public var missing: [String] = []
    /// Weights of the checkpoint that the model does not use.
    public var unexpected: [String] = []
    /// Parameters that were newly initialised because their shapes differ.
    public var mismatched: [Mismatch] = []

    /// Whether every weight found its place.
    public var isClean: Bool { missing.isEmpty && unexpected.isEmpty && mismatched.isEmpty }
}

extension LoadReport: CustomStringConvertible {
    /// A table of the weights with a note on each status, in the manner of Python's load report.
    public var description: String {
        let rows =
            unexpected.map { ($0, "UNEXPECTED") } + missing.map { ($0, "MISSING") }
            + mismatched.map {
                ($0.name, "MISMATCH: checkpoint \($0.found), model \($0.expected)")
            }
        let width = rows.map(\.0.count).max() ?? 0
        let statusWidth = rows.map(\.1.count).max() ?? 0
        func line(_ key: String, _ status: String) -> String {
            let keyPadding = String(repeating: " ", count: max(0, width - key.count))
            let statusPadding = String(repeating: " ", count: max(0, statusWidth - status.count))
            return "\(key)\(keyPadding) | \(status)\(statusPadding) |"
        }
        let rule =
            String(repeating: "-", count: width + 1) + "+"
            + String(repeating: "-", count: statusWidth + 2) + "+"
        let table = [line("Key", "Status"), rule] + rows.map(line)
        return (["\(architecture) LOAD REPORT from: \(source)"] + table + notes)
            .joined(separator: "\n")
    }

    private var notes: [String] {
        var notes = ["", "Notes:"]
        if !unexpected.isEmpty {
            notes.append(
                "- UNEXPECTED: weights of the checkpoint that this model does not use. That is "
                    + "expected when the checkpoint was made for another task.")
        }
        if !missing.isEmpty {
            notes.append(
                "- MISSING: weights newly initialized because the checkpoint lacks them. Train "
                    + "the model on your task before you use its predictions.")
        }
        if !mismatched.isEmpty {
            notes.append(
                "- MISMATCH: weights newly initialized because their shapes differ.")
        }
        return notes
    }
}
