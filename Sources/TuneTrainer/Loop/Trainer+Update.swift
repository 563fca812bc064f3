import Logging
import TuneAccelerator
import TuneBase
import TuneBatching
import TuneNN
import TuneOptim
import TuneTorch

extension Trainer {
    /// One optimizer step over the batches of an update; left out where a policy says so.
    func trainStep(_ batches: [RowBatch]) throws {
        try emit(.stepBegin)
        do {
            if progress.nonFinite.stepsToSkip.contains(state.globalStep + 1) {
                skipUpdate()
            } else {
                for loss in try makeUpdate(batches) { progress.losses.add(loss) }
            }
        } catch let fault as NonFiniteFault {
            try apply(
                args.nonFinitePolicy, to: fault.naming(batches, model, on: accelerator.device))
        }
        progress.measures.count(batches)
        state.numInputTokensSeen += batches.reduce(0) { $0 + inputTokens($1.batch) }
        state.globalStep += 1
    }

    /// Computes the gradients of all batches and updates the parameters; where memory runs out before
    /// that, from the start again.
    ///
    /// - Returns: The losses as they entered the gradient.
    private func makeUpdate(_ batches: [RowBatch]) throws -> [Float] {
        var replay = try UpdateReplay(self)
        while true {
            do {
                let losses = try catchingTorchErrors { try addGradients(of: batches) }
                replay.hasGradients = true
                try update()
                return losses
            } catch let error as TorchError where error.isOutOfMemory {
                try replay.startOver(self, batches, after: error)
            }
        }
    }

    private func addGradients(of batches: [RowBatch]) throws -> [Float] {
        let scaling = lossScaling
        let scales = scaling.scales(of: batches.map(\.batch))
        var losses: [Float] = []
        for (index, batch) in batches.enumerated() {
            let parts = batch.split(into: progress.batchParts)
            let partScales = scaling.scales(of: parts.map(\.batch), ofBatch: scales[index])
            for (part, scale) in zip(parts, partScales) where scale.weight > 0 {
                let tensors = part.batch.tensors(on: accelerator.device)
                losses.append(Float(try trainingStep(tensors, scale: scale)))
                operations.add(floatingPointOps(tensors))
            }
            if index < batches.count - 1 { try emit(.substepEnd) }
        }
        return losses
    }

    /// Clips the gradient and lets optimizer and schedule step.
    private func update() throws {
        guard let optimizer else { return }
        let norm = try catchingTorchErrors {
            try gradScaler?.unscale(optimizer)
            return clippedGradientNorm()
        }
        guard norm.isFinite || gradScaler != nil else {
            throw NonFiniteFault("gradient norm", norm)
        }
        progress.gradientNorm = norm
        try emit(.preOptimizerStep)
        let hasStepped = try step(optimizer)
        gradScaler?.update()
        try emit(.optimizerStep)
        progress.learningRate = optimizer.groups.first?.learningRate ?? 0
        if hasStepped { lrScheduler?.step() }
        optimizer.zeroGrad()
    }

    /// Updates the parameters; with scaled losses, only by gradients that did not overflow.
    ///
    /// - Throws: `TorchError` when memory ran out and nothing has changed; `TuneError` otherwise.
    private func step(_ optimizer: Optimizer) throws -> Bool {
        do {
            return try catchingTorchErrors {
                if let gradScaler { return try gradScaler.step(optimizer) }
                optimizer.step()
                return true
            }
        } catch let error as TorchError where error.isOutOfMemory && !optimizer.hasRefusedStep {
            throw outOfMemoryInUpdate(error)
        }
    }

    /// Leaves the update of a step out; the schedule moves on.
    private func skipUpdate() {
        optimizer?.zeroGrad()
        optimizer?.gradientFactor = 1
        progress.learningRate = optimizer?.groups.first?.learningRate ?? 0
        lrScheduler?.step()
        progress.losses.skipStep()
        progress.nonFinite.skipped += 1
    }

    /// Deals with a step that met numbers that are not finite.
    ///
    /// - Throws: The error that ends training, or the request to go back to a checkpoint.
    private func apply(_ policy: NonFinitePolicy, to fault: NonFiniteFault) throws {
        let step = state.globalStep + 1
        let error = fault.error(at: step, epoch: state.epoch)
        switch policy {
        case .stop:
            throw error
        case .skip:
            guard progress.nonFinite.skipped < args.nonFiniteLimit else { throw error }
            logger.warning("\(error.message) The step is skipped.")
            skipUpdate()
        case .rollback:
            guard progress.nonFinite.rollbacks < args.nonFiniteLimit else { throw error }
            throw RollbackRequest(step: step, error: error)
        }
    }
}

extension RunMeasures {
    /// Counts the rows and tokens of an update.
    mutating func count(_ batches: [RowBatch]) {
        let countTokens = InputTokenCount(.nonPadding)
        for batch in batches {
            rows += batch.batch.rowCount
            tokens += countTokens(batch.batch)
        }
    }
}
