import Foundation
import Logging
import TuneBase
import TuneNN
import TuneTorch

extension Trainer {
    /// Loads the weights of the best checkpoint into the model.
    func loadBestModel() throws {
        guard let path = state.bestModelCheckpoint else { return }
        let file = try SafetensorsFile(
            contentsOf: URL(fileURLWithPath: path).appendingPathComponent("model.safetensors"))
        let available = Set(file.names)
        try catchingTorchErrors {
            try withoutGradients {
                for (name, parameter) in model.namedParameters() where available.contains(name) {
                    parameter.copy_(try file.tensor(name).to(parameter.device))
                }
            }
        }
        logger.notice("Loaded the best weights from \(path).")
    }
}
