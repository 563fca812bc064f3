package import Foundation
import Logging
import TuneAccelerator
import TuneBase
import TuneNN
import TuneOptim
import TuneTorch

extension Trainer {
    /// Writes the files of `checkpoint-<step>`; they get this name when they are on the disk, which
    /// training does not wait for unless somebody looks at them (see ``settleCheckpoint()``).
    ///
    /// A checkpoint that cannot be written is reported, and training goes on without it.
    ///
    /// - Returns: Whether it was written, or exists already.
    /// - Throws: `TuneError` after several failures in a row, and for weights or moments that are
    ///   not finite, which are never saved.
    @discardableResult
    func saveCheckpoint() throws -> Bool {
        storeOperations()
        try settleCheckpoint()
        guard let directory = session.directory, session.lastSaved != progress.position else {
            return true
        }
        try refuseNonFiniteState()
        guard try stageCheckpoint(in: directory), try !isCheckpointReadAtOnce || settleCheckpoint()
        else {
            control.shouldSave = false
            return false
        }
        try pushCheckpoint()
        try emit(.save)
        return true
    }

    /// Whether somebody may look at a checkpoint as soon as it is told of.
    private var isCheckpointReadAtOnce: Bool {
        callbackHandler.callbacks.contains(where: \.readsCheckpoints) || pushesCheckpoints
    }

    /// Writes the files, and lets the rest happen on another thread.
    ///
    /// - Returns: Whether they were written.
    private func stageCheckpoint(in directory: RunDirectory) throws -> Bool {
        let began = monotonicSeconds()
        defer { progress.measures.saving += monotonicSeconds() - began }
        let step = state.globalStep
        let (best, position) = (state.bestModelCheckpoint, session.lastSaved)
        do {
            noteBestCheckpoint(savedNow: step)
            state.statefulCallbacks = callbackHandler.exportedStates(control)
            let completion = try guardingStep {
                try directory.save(
                    step: step, bytes: checkpointBytes, keeping: args.saveTotalLimit,
                    best: state.bestModelCheckpoint, write: writeCheckpoint)
            }
            session.pendingSave = PendingSave(
                step: step, completion: completion, previousBest: best,
                previousPosition: position)
            session.lastSaved = progress.position
            return true
        } catch {
            state.bestModelCheckpoint = best
            try tolerateLoss(ofCheckpoint: step, error)
            return false
        }
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
