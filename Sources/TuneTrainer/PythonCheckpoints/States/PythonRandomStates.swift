import TuneBase
import TuneTorch

/// What `rng_state.pth` holds of PyTorch's generators, by device: `cpu`, `cuda.0`.
///
/// The states of Python's own generator and of NumPy's are left out: nothing here draws from them.
///
/// - Throws: `TuneError` for bytes that are no state of a generator.
func pythonRandomStates(_ file: TorchFile) throws -> [String: [UInt8]] {
    let fields = try PickleFields(file.root, source: file.path)
    var states = ["cpu": try state(fields.dictionary["cpu"], file, "cpu")]
    do {
        try Generator().setState(states["cpu"] ?? [])
    } catch {
        throw invalid(file, "cpu")
    }
    let devices: [PickleValue] =
        switch fields.dictionary["cuda"] {
        case .sequence(let list)?: list.items
        case let single?: [single]
        case nil: []
        }
    for (index, value) in devices.enumerated() {
        let bytes = try state(value, file, "cuda")
        // Seed and offset.
        guard bytes.count == 16 else { throw invalid(file, "cuda") }
        states["cuda.\(index)"] = bytes
    }
    return states
}

private func state(_ value: PickleValue?, _ file: TorchFile, _ key: String) throws -> [UInt8] {
    guard case .tensor(let view)? = value, view.dtype == .uint8, view.shape.count == 1 else {
        throw invalid(file, key)
    }
    return try file.tensor(view).withUnsafeBytes { Array($0) }
}

private func invalid(_ file: TorchFile, _ key: String) -> TuneError {
    TuneError(
        .badData, "\(file.path): '\(key)' is no state of a random generator.",
        remedy: "Use the file as the Python Trainer wrote it.")
}
