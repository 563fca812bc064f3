import TuneAccelerator
import TuneBase
public import TuneBatching
import TuneNN
public import TuneOptim
public import TuneTorch

extension Trainer {
    /// The number of parameters that learn.
    public func getNumTrainableParameters() -> Int { model.parameterCount(trainableOnly: true) }

    /// The learning rate of each group of parameters.
    ///
    /// - Throws: `TuneError` before there is an optimizer.
    public func getLearningRates() throws -> [Double] {
        try madeOptimizer().groups.map(\.learningRate)
    }

    /// Looks up groups of parameters of the optimizer.
    ///
    /// - Parameter parameter: The parameter whose group is wanted; nil for all groups.
    /// - Returns: All groups, or the one with the parameter.
    /// - Throws: `TuneError` before there is an optimizer.
    public func getOptimizerGroup(_ parameter: Tensor? = nil) throws -> [ParameterGroup] {
        let groups = try madeOptimizer().groups
        guard let parameter else { return groups }
        return groups.filter { group in
            group.parameters.contains { $0.tensor.identity == parameter.identity }
        }
    }

    /// The names of parameters with weight decay: all but biases and normalisations.
    public func getDecayParameterNames() -> [String] {
        decayGroups(model, learningRate: 0, weightDecay: 0)[0].parameters.map(\.name)
    }

    /// The number of rows in a pass over a loader; where nobody knows, those of all steps.
    public func numExamples(_ loader: any BatchLoader) -> Int {
        loader.rowCount ?? getTotalTrainBatchSize() * max(args.maxSteps, 0)
    }

    /// The rows of an optimizer step.
    public func getTotalTrainBatchSize() -> Int {
        args.trainBatchSize * args.gradientAccumulationSteps
    }

    /// The operations of a training step on a batch, estimated as Python does.
    public func floatingPointOps(_ inputs: TensorBatch) -> Double {
        var count = OperationCount(model)
        count.add(inputs)
        return count.drain()
    }

    /// Whether this process speaks for its machine.
    public var isLocalProcessZero: Bool { accelerator.isLocalMainProcess }

    /// Whether this process speaks for all of them.
    public var isWorldProcessZero: Bool { accelerator.isMainProcess }

    private func madeOptimizer() throws -> Optimizer {
        guard let optimizer else {
            throw TuneError(
                .missingInput, "The trainer has no optimizer yet.",
                remedy: "Train first, or pass optimizers to Trainer.")
        }
        return optimizer
    }
}
