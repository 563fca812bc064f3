import TuneAccelerator
import TuneBase
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

    /// The rows of an optimizer step.
    public func getTotalTrainBatchSize() -> Int {
        args.trainBatchSize * args.gradientAccumulationSteps
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
