import Foundation
import TuneBase

extension CheckpointStore {
    /// Puts in order what processes left behind that ended in the middle of something.
    ///
    /// - Returns: What could not be put in order, one sentence each.
    /// - Throws: `FileError` when the directory cannot be read.
    func recover() throws -> [String] {
        var problems: [String] = []
        for name in try fileSystem.list(directory).sorted() {
            guard let transient = TransientName(name), isAbandoned(transient) else { continue }
            do {
                switch transient.kind {
                case .staging, .trash: try fileSystem.removeTree(place(name))
                case .aside: try restore(place(name), step: transient.step)
                }
            } catch {
                problems.append("The remains \(name) of an earlier process stay: \(error)")
            }
        }
        return problems
    }

    /// Whether the process that made something is gone.
    ///
    /// A process does one thing at a time with its directory, so what carries this one's number
    /// comes from an earlier one that had it too (as in containers).
    private func isAbandoned(_ transient: TransientName) -> Bool {
        transient.process == processID || !isAlive(transient.process)
    }

    /// Gives a checkpoint its name back, unless another took its place.
    private func restore(_ aside: URL, step: Int) throws {
        guard try fileSystem.status(url(step: step)) == nil else {
            if let problem = retire(aside, step: step) {
                throw TuneError(.io, problem)
            }
            return
        }
        try fileSystem.rename(aside, to: url(step: step))
        try fileSystem.sync(directory)
    }

    /// Disposes of a checkpoint that another one replaced: ours is deleted, one of another
    /// program goes to the archive.
    ///
    /// - Returns: What could not be done, in a sentence.
    func retire(_ aside: URL, step: Int) -> String? {
        do {
            let manifest = aside.appendingPathComponent(manifestName)
            guard try fileSystem.status(manifest) != nil else {
                try move(aside, into: archiveName, as: checkpointName(step))
                return nil
            }
            let trash = place(TransientName(.trash, step: step, process: processID).name)
            try fileSystem.rename(aside, to: trash)
            try fileSystem.sync(directory)
            try fileSystem.removeTree(trash)
            return nil
        } catch {
            return "The replaced checkpoint \(aside.lastPathComponent) stays: \(error)"
        }
    }

    /// Moves something into a directory beside the checkpoints, under a name not taken there.
    @discardableResult
    func move(_ file: URL, into folder: String, as wanted: String? = nil) throws -> URL {
        let parent = place(folder)
        try fileSystem.createDirectories(parent)
        try fileSystem.sync(directory)
        let wanted = wanted ?? file.lastPathComponent
        var target = parent.appendingPathComponent(wanted)
        var number = 2
        while try fileSystem.status(target) != nil {
            target = parent.appendingPathComponent("\(wanted)-\(number)")
            number += 1
        }
        try fileSystem.rename(file, to: target)
        try fileSystem.sync(parent)
        try fileSystem.sync(directory)
        return target
    }
}
