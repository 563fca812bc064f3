import TuneBase
package import TuneNN

/// Has a model compute layers again in the backward pass where the arguments ask for it.
///
/// - Throws: `TuneError` for a model that cannot.
package func enableActivationCheckpointing(
    _ args: TrainingArguments, in model: any TrainableModel
) throws {
    guard args.checkpointsActivations else { return }
    guard let model = model as? any CheckpointableModel else {
        throw TuneError(
            .badConfig,
            "activation_checkpointing is set, but \(type(of: model)) keeps all activations.",
            remedy: "Make it a CheckpointableModel, or leave the argument out.")
    }
    try model.gradientCheckpointingEnable(everyNLayers: args.activationCheckpointingInterval)
}
