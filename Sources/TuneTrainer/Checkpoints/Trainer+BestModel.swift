import Foundation
import Logging
import TuneBase
import TuneNN
import TuneTorch

extension Trainer {
    /// Loads the weights of the best checkpoint into the model.
    func loadBestModel() throws {
        guard let path = state.bestModelCheckpoint else { return }
        // The directory may have been moved since, with its checkpoints.
        let name = URL(fileURLWithPath: path).lastPathComponent
        try loadWeights(from: outputURL.appendingPathComponent(name))
        logger.notice("Loaded the best weights from \(path).")
    }

    /// Loads the weights of a checkpoint into the model.
    ///
    /// - Throws: `TuneError` when a weight is missing or has another shape; the model keeps its
    ///   weights then.
    func loadWeights(from directory: URL) throws {
        let url = directory.appendingPathComponent("model.safetensors")
        let file = try SafetensorsFile(contentsOf: url)
        let available = Set(file.names)
        let loaded = try model.namedParameters().map { name, parameter in
            guard available.contains(name) else {
                throw TuneError(
                    .badData, "\(url.path) has no weight '\(name)'.",
                    remedy: "Go on with the model that the checkpoint was made with.")
            }
            let weight = try file.tensor(name)
            guard weight.shape == parameter.shape else {
                throw TuneError(
                    .badData,
                    "\(url.path): '\(name)' has shape \(weight.shape), the model's \(parameter.shape).",
                    remedy: "Go on with the model that the checkpoint was made with.")
            }
            return (parameter, weight)
        }
        try catchingTorchErrors {
            withoutGradients {
                for (parameter, weight) in loaded {
                    parameter.copy_(weight.to(parameter.device))
                }
            }
        }
    }
}
