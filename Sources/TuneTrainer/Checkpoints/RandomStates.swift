import Foundation
import TuneBase
import TuneTorch

/// The states of the default random generators that a training draws from.
struct RandomStates {
    /// By device: `cpu`, `cuda.0`.
    let states: [String: [UInt8]]

    /// The given states.
    init(_ states: [String: [UInt8]]) { self.states = states }

    /// The states now, of the processor and of the device that computes.
    init(_ device: Device) {
        var states = ["cpu": Generator.default.state]
        if device != .cpu {
            states["cuda.\(device.index)"] = Generator.default(for: device).state
        }
        self.states = states
    }

    /// The states in a file.
    ///
    /// - Throws: `TuneError` when the file is not one of these.
    init(contentsOf file: URL) throws {
        let content = try SafetensorsFile(contentsOf: file)
        states = try Dictionary(
            uniqueKeysWithValues: content.names.map { name in
                let tensor = try content.tensor(name)
                guard tensor.dtype == .uint8 else {
                    throw TuneError(
                        .badData, "\(file.path): '\(name)' is not a state of a generator.",
                        remedy: "Go on from another checkpoint.")
                }
                return (name, tensor.withUnsafeBytes { Array($0) })
            })
    }

    /// The tensors for a file.
    func tensors(prefix: String = "") -> [(String, Tensor)] {
        states.sorted { $0.key < $1.key }.map { (prefix + $0.key, Tensor($0.value)) }
    }

    /// Makes the generators go on from here; states of devices that do not exist are left out.
    ///
    /// - Throws: `TorchError` when the bytes are not a state.
    func restore() throws {
        for (key, state) in states {
            if key == "cpu" {
                try Generator.default.setState(state)
            } else if let index = Int(key.dropFirst("cuda.".count)),
                index < Device.cudaDeviceCount
            {
                try Generator.default(for: .cuda(index)).setState(state)
            }
        }
    }
}
