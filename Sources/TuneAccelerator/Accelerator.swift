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
///         let output = try accelerator.autocast { try model(batch) }
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
    public init(
        mixedPrecision: MixedPrecision? = nil, gradientAccumulationSteps: Int = 1,
        cpu: Bool = false, console: Console = .standard
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
        try self.mixedPrecision.check(on: device)
    }

    /// Whether this process speaks for all of them.
    public var isMainProcess: Bool { processIndex == 0 }

    /// Whether this process speaks for its machine.
    public var isLocalMainProcess: Bool { localProcessIndex == 0 }

    /// Moves models and loaders to the device and gets to know optimizers.
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
        case let module as Module: module.to(device)
        case let optimizer as Optimizer: optimizers.append(optimizer)
        case let loader as DataLoader:
            loader.device = device
            loader.observer = passes
        default: break
        }
    }

    /// The model without what ``prepare(_:)`` put around it, which is nothing in one process.
    public func unwrapModel<Model: Module>(_ model: Model) -> Model { model }

    /// Computes in the chosen precision; float32 results of the body stay float32.
    public func autocast<Result>(_ body: () throws -> Result) rethrows -> Result {
        guard let dtype = mixedPrecision.dtype else { return try body() }
        return try withAutocast(device, dtype: dtype, body)
    }

    /// Waits until all processes are here.
    public func waitForEveryone() {}

    /// Writes a line, on one process of each machine.
    public func print(_ text: String) {
        if isLocalMainProcess { console.output.writeLine(text) }
    }
}
