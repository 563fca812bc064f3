import Foundation
public import TuneBase
import TuneBatching
public import TuneNN
import TuneOptim
public import TuneTorch

/// Takes a training loop of your own to the device at hand.
///
///     let accelerator = try Accelerator()
///     let (model, optimizer, loader) = accelerator.prepare(model, optimizer, loader)
///     for batch in loader {
///         let output = try model(batch)
///         try accelerator.backward(output.loss)
///         optimizer.step()
///         optimizer.zeroGrad()
///     }
///
/// This version runs one process on one device.
public final class Accelerator {
    /// Where tensors live.
    public let device: Device
    /// The number format of matrix products.
    public let mixedPrecision: MixedPrecision
    /// Over how many batches gradients are accumulated in ``accumulate(_:_:)``.
    public let gradientAccumulationSteps: Int
    /// Whether the current batch ends an accumulation, so that optimizers step.
    public internal(set) var syncGradients = true
    /// The number of processes.
    public let numProcesses = 1
    /// The rank of this process among all.
    public let processIndex = 0
    /// The rank of this process on its machine.
    public let localProcessIndex = 0

    let console: Console
    let passes = LoaderPasses()
    var optimizers: [Optimizer] = []
    var batchesAccumulated = 0

    /// Chooses a device.
    ///
    /// - Parameters:
    ///   - mixedPrecision: The number format; nil takes `ACCELERATE_MIXED_PRECISION`, else none.
    ///   - gradientAccumulationSteps: Over how many batches gradients are accumulated.
    ///   - cpu: Whether to stay on the processor although there is a GPU.
    ///   - console: Where ``print(_:)`` writes.
    /// - Throws: `TuneError` for a precision that the device cannot compute, and for an
    ///   accumulation over less than one batch.
    public convenience init(
        mixedPrecision: MixedPrecision? = nil, gradientAccumulationSteps: Int = 1,
        cpu: Bool = false, console: Console = .standard
    ) throws {
        try self.init(
            mixedPrecision: mixedPrecision, gradientAccumulationSteps: gradientAccumulationSteps,
            cpu: cpu, scalesLosses: false, console: console)
    }

    /// Chooses a device for a loop that may scale losses.
    package init(
        mixedPrecision: MixedPrecision?, gradientAccumulationSteps: Int = 1, cpu: Bool,
        scalesLosses: Bool, console: Console
    ) throws {
        guard gradientAccumulationSteps > 0 else {
            throw TuneError(
                .badConfig, "gradientAccumulationSteps is \(gradientAccumulationSteps).",
                remedy: "Use 1 or more.")
        }
        let environment = ProcessInfo.processInfo.environment["ACCELERATE_MIXED_PRECISION"]
        self.mixedPrecision =
            try mixedPrecision ?? environment.map(MixedPrecision.init(named:)) ?? .no
        self.gradientAccumulationSteps = gradientAccumulationSteps
        self.console = console
        device = cpu ? .cpu : .default
        try self.mixedPrecision.check(on: device, scalesLosses: scalesLosses)
    }

    /// Whether this process speaks for all of them.
    public var isMainProcess: Bool { processIndex == 0 }

    /// Whether this process speaks for its machine.
    public var isLocalMainProcess: Bool { localProcessIndex == 0 }

    /// Moves models and loaders to the device, lets models compute in the chosen precision, and
    /// gets to know optimizers.
    ///
    /// A prepared ``TuneNN/TrainableModel`` returns float32, whatever the precision; modules with
    /// another kind of call need ``autocast(_:)`` around it.
    ///
    /// - Parameter objects: Modules, optimizers, schedules and data loaders; others stay as they
    ///   are.
    /// - Returns: The same objects in the same order.
    public func prepare<each Object>(_ objects: repeat each Object) -> (repeat each Object) {
        repeat prepareOne(each objects)
        return (repeat each objects)
    }

    private func prepareOne(_ object: Any) {
        switch object {
        case let module as Module:
            module.to(device)
            module.autocast = precision
        case let optimizer as Optimizer: optimizers.append(optimizer)
        case let loader as DataLoader:
            loader.device = device
            loader.observer = passes
        default: break
        }
    }

    /// The model itself, without what several processes would put around it.
    ///
    /// - Parameters:
    ///   - model: A prepared model.
    ///   - keepFP32Wrapper: Whether it goes on computing in the chosen precision.
    /// - Returns: The same object.
    public func unwrapModel<Model: Module>(
        _ model: Model, keepFP32Wrapper: Bool = true
    ) -> Model {
        if !keepFP32Wrapper { model.autocast = nil }
        return model
    }

    /// Computes in the chosen precision, for work outside the call of a prepared model; the
    /// results have the types that the operations give.
    public func autocast<Result>(_ body: () throws -> Result) rethrows -> Result {
        try withAutocast(precision, body)
    }

    /// What ``mixedPrecision`` means on ``device``; nil for none.
    private var precision: Autocast? {
        mixedPrecision.dtype.map { Autocast(device, dtype: $0) }
    }

    /// Waits until all processes are here.
    public func waitForEveryone() {}

    /// Writes a line, on one process of each machine.
    public func print(_ text: String) {
        if isLocalMainProcess { console.output.writeLine(text) }
    }
}
