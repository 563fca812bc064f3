import TuneAccelerator
package import TuneBase

/// What `scaler.pt` holds, in the form of `GradScaler.exportedState`.
///
/// - Throws: `TuneError` for values that cannot be.
package func pythonLossScaling(_ file: TorchFile) throws -> JSONObject {
    let fields = try PickleFields(file.root, source: file.path)
    let scaler = try GradScaler()
    try scaler.restore([
        "scale": .double(try fields.double("scale")),
        "growth_factor": .double(try fields.double("growth_factor")),
        "backoff_factor": .double(try fields.double("backoff_factor")),
        "growth_interval": .int(try fields.int("growth_interval")),
        "_growth_tracker": .int(try fields.int("_growth_tracker")),
    ])
    return scaler.exportedState
}
