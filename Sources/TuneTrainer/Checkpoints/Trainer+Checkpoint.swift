package import Foundation
import Logging
import TuneAccelerator
import TuneBase
import TuneNN
import TuneOptim
import TuneTorch

/// How many checkpoints in a row may fail before training gives up.
private let toleratedSaveFailures = 2

extension Trainer {
    /// Writes `checkpoint-<step>`: complete under its name, or not at all.
    ///
    /// A checkpoint that cannot be written is reported, and training goes on without it.
    ///
    /// - Returns: Whether it was written, or exists already.
    /// - Throws: `TuneError` after several failures in a row, and for weights or moments that are
    ///   not finite, which are never saved.
    @discardableResult
    func saveCheckpoint() throws -> Bool {
        storeOperations()
        guard let directory = session.directory, session.lastSaved != progress.position else {
            return true
        }
        try refuseNonFiniteState()
        let began = monotonicSeconds()
        defer { progress.measures.saving += monotonicSeconds() - began }
        let previousBest = state.bestModelCheckpoint
        do {
            noteBestCheckpoint(savedNow: state.globalStep)
            state.statefulCallbacks = callbackHandler.exportedStates(control)
            try guardingStep {
                try directory.publish(
                    step: state.globalStep, bytes: checkpointBytes, write: writeCheckpoint)
            }
        } catch {
            state.bestModelCheckpoint = previousBest
            try tolerate(error)
            return false
        }
        (session.saveFailures, session.lastSaved) = (0, progress.position)
        directory.rotate(keeping: args.saveTotalLimit, best: state.bestModelCheckpoint)
        try pushCheckpoint()
        try emit(.save)
        return true
    }

    /// Counts a checkpoint that could not be written.
    private func tolerate(_ error: any Error) throws {
        session.saveFailures += 1
        control.shouldSave = false
        guard session.saveFailures <= toleratedSaveFailures else {
            throw TuneError(
                .io, "\(session.saveFailures) checkpoints in a row could not be written: \(error)",
                remedy: "Make room or correct the permissions, then run the same command again.",
                cause: error)
        }
        logger.error(
            "The checkpoint of step \(state.globalStep) could not be written; training goes on. \(error)"
        )
    }

    /// Writes the files of a checkpoint.
    package func writeCheckpoint(to directory: URL) throws {
        try saveModelWithoutPush(directory)
        try state.save(to: directory.appendingPathComponent("trainer_state.json"))
        guard !args.saveOnlyModel, let optimizer, let lrScheduler else { return }
        try CheckpointFiles(directory).write(
            optimizer: optimizer.exportedState, scheduler: lrScheduler.exportedState,
            scaler: gradScaler?.exportedState, random: RandomStates(accelerator.device),
            passStart: session.passStart, progress: progress)
    }

    /// About how many bytes a checkpoint takes: the weights, and two moments of each.
    private var checkpointBytes: Int {
        model.parameters().reduce(0) { $0 + $1.count * $1.dtype.byteSize }
            * (args.saveOnlyModel ? 1 : 3)
    }

    /// Finds numbers in the weights, or in the optimizer's state, that no training could go on
    /// from.
    private func refuseNonFiniteState() throws {
        try refuse("norm of the weights", of: model.parameters()) {
            firstNonFinite(in: model, [])
        }
        guard !args.saveOnlyModel, let optimizer else { return }
        let moments = optimizer.exportedState.tensors.filter { $0.1.dtype.isFloatingPoint }
        try refuse("norm of the optimizer's state", of: moments.map(\.1)) {
            firstNonFinite(in: moments)
        }
    }

    /// Ends training when a norm, and a tensor that `find` names, is not finite.
    private func refuse(
        _ quantity: String, of tensors: [Tensor], naming find: () -> String?
    ) throws {
        let norm = try guardingStep { joinedNorm(tensors) }
        guard !norm.isFinite, let tensor = find() else { return }
        var fault = NonFiniteFault(quantity, norm)
        fault.tensor = tensor
        throw fault.error(at: state.globalStep, epoch: state.epoch)
    }

    /// Names the best step's checkpoint once it exists.
    private func noteBestCheckpoint(savedNow step: Int) {
        guard let best = state.bestGlobalStep else { return }
        let name = "checkpoint-\(best)"
        let file = outputURL.appendingPathComponent(name)
        if best == step || FileManager.default.fileExists(atPath: file.path) {
            state.bestModelCheckpoint = "\(args.outputDir)/\(name)"
        }
    }
}

/// The joint norm of tensors; 0 for none.
private func joinedNorm(_ tensors: [Tensor]) -> Double {
    guard !tensors.isEmpty else { return 0 }
    return withoutGradients { fusedGradientNorm(tensors) ?? globalNorm(tensors).item() }
}
