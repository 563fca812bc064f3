import Foundation

/// The name of the checkpoint of a step, Python's.
func checkpointName(_ step: Int) -> String { "checkpoint-\(step)" }

/// The step of a checkpoint's name; nil for other names.
func checkpointStep(_ name: String) -> Int? {
    guard name.hasPrefix("checkpoint-"), let step = Int(name.dropFirst(11)), step >= 0,
        checkpointName(step) == name
    else { return nil }
    return step
}

/// The names under which a store keeps what must not be taken for a checkpoint.
struct TransientName {
    enum Kind: String {
        /// A checkpoint being written.
        case staging = ".tmp"
        /// A checkpoint that gives way to another of the same step.
        case aside = ".aside"
        /// Something being deleted.
        case trash = ".trash"
    }

    let kind: Kind
    let step: Int
    let process: Int32
    let nonce: String

    init(_ kind: Kind, step: Int, process: Int32) {
        (self.kind, self.step, self.process) = (kind, step, process)
        nonce = String(UInt64.random(in: .min ... .max), radix: 16)
    }

    /// Reads a name; nil for those of other things.
    init?(_ name: String) {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 4, let kind = Kind(rawValue: String(parts[0])),
            let step = Int(parts[1]), let process = Int32(parts[2])
        else { return nil }
        (self.kind, self.step, self.process, nonce) = (kind, step, process, String(parts[3]))
    }

    var name: String { "\(kind.rawValue)-\(step)-\(process)-\(nonce)" }
}

/// The file that lists all others of a checkpoint; written last.
let manifestName = "manifest.json"
/// Where checkpoints go that were found bad.
let quarantineName = "quarantine"
/// Where checkpoints of earlier runs go.
let archiveName = "archive"
