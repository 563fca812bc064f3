import TuneAccelerator
import TuneBase
import TuneNN
import TuneTorch

/// Seeds all random generators, and chooses the kernels that the arguments ask for.
func seedGenerators(_ args: TrainingArguments) {
    setSeed(args.seed)
    if args.fullDeterminism { TorchRuntime.usesDeterministicAlgorithms = true }
    if let allow = args.tf32 { TorchRuntime.allowTF32(allow) }
}

/// The model of a new trainer.
///
/// - Throws: `TuneError` when there is none, or two ways to get one.
func onlyModel(
    _ model: (any TrainableModel)?, _ modelInit: (() throws -> any TrainableModel)?
) throws -> any TrainableModel {
    switch (model, modelInit) {
    case (let model?, nil): model
    case (nil, let modelInit?): try modelInit()
    case (nil, nil):
        throw TuneError(
            .missingInput, "Trainer needs a model.", remedy: "Pass model or modelInit.")
    case (_?, _?):
        throw TuneError(
            .badConfig, "Trainer got both a model and modelInit.", remedy: "Pass one of them.")
    }
}

extension Trainer {
    /// Makes a new model, with a new optimizer, where `modelInit` does so for every training.
    func renewModel() throws {
        guard let modelInit else { return }
        seedGenerators(args)
        model = try modelInit()
        (optimizer, lrScheduler) = (nil, nil)
        lossPolicy = LossPolicy(
            smoothing: args.labelSmoothingFactor, function: lossPolicy.function, for: model,
            logger: logger)
        noteArguments(in: model)
    }

    /// Writes the arguments that concern the configuration into it.
    func noteArguments(in model: any TrainableModel) {
        (model as? any ConfigurableModel)?.setConfiguration(.bool(args.useCache), for: "use_cache")
    }

    /// Gives unused memory back to the GPU in the steps that ask for it.
    func emptyCacheIfDue() {
        guard let steps = args.torchEmptyCacheSteps, steps > 0, state.globalStep % steps == 0 else {
            return
        }
        TorchRuntime.emptyCache(of: accelerator.device)
    }
}
