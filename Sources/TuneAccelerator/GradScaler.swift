public import TuneBase
public import TuneOptim
public import TuneTorch

/// Scales losses so that float16 gradients do not vanish, as `torch.amp.GradScaler`.
///
///     scaler.scale(loss).backward()
///     try scaler.unscale(optimizer)  // only to clip or look at gradients
///     let hasStepped = try scaler.step(optimizer)
///     scaler.update()
///
/// A step whose gradients are infinite or NaN is left out and halves the scale; after
/// ``growthInterval`` good steps the scale doubles.
public final class GradScaler {
    /// What losses are multiplied with.
    public private(set) var scale: Double
    /// What the scale is multiplied with after enough good steps.
    public private(set) var growthFactor: Double
    /// What the scale is multiplied with after a step that was left out.
    public private(set) var backoffFactor: Double
    /// How many good steps in a row raise the scale.
    public private(set) var growthInterval: Int
    /// The good steps since the scale last changed.
    public private(set) var goodSteps = 0

    private enum Stage { case unscaled, stepped }
    private struct Progress {
        var stage: Stage
        var foundInfinite: Bool
    }
    private var progress: [ObjectIdentifier: Progress] = [:]

    /// Creates a scaler with Python's defaults.
    ///
    /// - Throws: `TuneError` for a growth of 1 or less, a backoff of 1 or more, or no interval.
    public init(
        initialScale: Double = 65_536, growthFactor: Double = 2, backoffFactor: Double = 0.5,
        growthInterval: Int = 2000
    ) throws {
        try Self.check(initialScale, growthFactor, backoffFactor, growthInterval, .badConfig)
        scale = initialScale
        self.growthFactor = growthFactor
        self.backoffFactor = backoffFactor
        self.growthInterval = growthInterval
    }

    /// The loss multiplied by the scale, for the backward pass.
    public func scale(_ loss: Tensor) -> Tensor {
        loss * Tensor(scalar: scale, device: loss.device)
    }

    /// Divides the gradients of an optimizer by the scale and looks for infinite ones.
    ///
    /// - Throws: `TuneError` when that has happened since the last ``update()``, and for gradients
    ///   in float16.
    public func unscale(_ optimizer: Optimizer) throws {
        switch progress[ObjectIdentifier(optimizer)]?.stage {
        case .unscaled: throw misuse("unscale is called twice before update().")
        case .stepped: throw misuse("unscale is called after step().")
        case nil: break
        }
        let gradients = optimizer.parameters.compactMap(\.tensor.grad)
        guard !gradients.contains(where: { $0.dtype == .float16 }) else {
            throw TuneError(
                .badConfig, "The gradients are float16, which cannot be unscaled.",
                remedy: "Load the weights in float32; fp16 computes products in float16 by itself.")
        }
        // As float32, the type in which Python keeps the scale.
        let factor = Double(Float(1 / scale))
        var foundInfinite = false
        for list in Dictionary(grouping: gradients, by: Placement.init).values
        where unscaleInPlace(list, by: factor) {
            foundInfinite = true
        }
        progress[ObjectIdentifier(optimizer)] = Progress(
            stage: .unscaled, foundInfinite: foundInfinite)
    }

    /// Unscales if that has not happened, and updates the parameters unless a gradient is infinite
    /// or NaN.
    ///
    /// - Returns: Whether the parameters were updated; a schedule steps only then.
    /// - Throws: `TuneError` when the optimizer has stepped since the last ``update()``, and for
    ///   gradients in float16.
    @discardableResult
    public func step(_ optimizer: Optimizer) throws -> Bool {
        guard !optimizer.isAccumulating else { return false }
        let key = ObjectIdentifier(optimizer)
        if progress[key]?.stage == .stepped {
            throw misuse("step is called twice before update().")
        }
        if progress[key] == nil { try unscale(optimizer) }
        progress[key]?.stage = .stepped
        guard progress[key]?.foundInfinite == false else {
            optimizer.gradientFactor = 1
            return false
        }
        optimizer.step()
        return true
    }

    /// Forgets what happened since the last ``update()``, because gradients are computed again.
    package func startOver() { progress = [:] }

    /// Adapts the scale to what the steps since the last call found; without steps, as between
    /// accumulated batches, nothing changes.
    public func update() {
        guard !progress.isEmpty else { return }
        if progress.values.contains(where: \.foundInfinite) {
            scale = product(scale, backoffFactor)
            goodSteps = 0
        } else {
            goodSteps += 1
            if goodSteps == growthInterval {
                let grown = product(scale, growthFactor)
                if grown.isFinite { scale = grown }
                goodSteps = 0
            }
        }
        progress = [:]
    }

    private func product(_ scale: Double, _ factor: Double) -> Double {
        Double(Float(scale) * Float(factor))
    }

    private func misuse(_ problem: String) -> TuneError {
        TuneError(
            .failed, "GradScaler: \(problem)",
            remedy: "Call scale, unscale, step and update once for each optimizer step.")
    }
}

/// What tensors need to have in common for one kernel.
private struct Placement: Hashable {
    let device: Device
    let dtype: DType

    init(_ tensor: Tensor) {
        device = tensor.device
        dtype = tensor.dtype
    }
}

extension GradScaler {
    /// The state, to be saved between ``update()`` and the next ``scale(_:)``, by Python's names.
    public var exportedState: JSONObject {
        [
            "scale": .double(scale), "growth_factor": .double(growthFactor),
            "backoff_factor": .double(backoffFactor), "growth_interval": .int(growthInterval),
            "_growth_tracker": .int(goodSteps),
        ]
    }

    /// Goes on from a saved state.
    ///
    /// - Throws: `TuneError` for a value that is missing or cannot be; nothing has changed then.
    public func restore(_ saved: JSONObject) throws {
        let fields = try JSONFields(.object(saved), source: "The state of the loss scaling")
        let (scale, growth) = (try fields.double("scale"), try fields.double("growth_factor"))
        let backoff = try fields.double("backoff_factor")
        let interval = try fields.int("growth_interval")
        let goodSteps = try fields.int("_growth_tracker")
        try Self.check(scale, growth, backoff, interval, .badData)
        self.scale = scale
        growthFactor = growth
        backoffFactor = backoff
        growthInterval = interval
        self.goodSteps = goodSteps
        progress = [:]
    }

    private static func check(
        _ scale: Double, _ growth: Double, _ backoff: Double, _ interval: Int,
        _ code: TuneError.Code
    ) throws {
        let problem: String? =
            if !(scale > 0 && scale.isFinite) {
                "the scale is \(scale)"
            } else if !(growth > 1) {
                "the growth factor is \(growth), not above 1"
            } else if !(backoff > 0 && backoff < 1) {
                "the backoff factor is \(backoff), not between 0 and 1"
            } else if interval < 1 {
                "the growth interval is \(interval)"
            } else {
                nil
            }
        guard let problem else { return }
        throw TuneError(
            code, "GradScaler: \(problem).", remedy: "Use 65536, 2, 0.5 and 2000, the defaults.")
    }
}
