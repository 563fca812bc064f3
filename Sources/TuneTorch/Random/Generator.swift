import CTuneTorch

/// A source of random numbers: PyTorch's own, so that equal seeds give equal numbers.
public final class Generator {
    let raw: OpaquePointer

    /// Creates a generator with PyTorch's fixed initial seed.
    public convenience init(device: Device = .cpu) {
        var result: OpaquePointer?
        expect("Generator", tt_generator_new(device.raw, &result))
        self.init(owning: result)
    }

    /// Takes over a generator; where there is none, after a failure, this is one for the CPU.
    private init(owning raw: OpaquePointer?) {
        var result = raw
        if result == nil { expect("Generator", tt_generator_new(Device.cpu.raw, &result)) }
        guard let result else { preconditionFailure("No memory for a random generator.") }
        self.raw = result
    }

    deinit { tt_generator_free(raw) }

    /// The generator that operations on the CPU draw from when they are given none.
    public static var `default`: Generator { .default(for: .cpu) }

    /// The generator that operations on `device` draw from when they are given none.
    public static func `default`(for device: Device) -> Generator {
        var result: OpaquePointer?
        expect("Generator", tt_generator_default(device.raw, &result))
        return Generator(owning: result)
    }

    /// Starts the sequence that belongs to `seed`.
    public func seed(_ seed: UInt64) {
        expect("seed", tt_generator_seed(raw, seed))
    }

    /// The seed that the current sequence began with.
    public var initialSeed: UInt64 {
        var result: UInt64 = 0
        expect("initialSeed", tt_generator_initial_seed(raw, &result))
        return result
    }

    /// The state, as `torch.get_rng_state` returns it: 5,056 bytes for the CPU.
    public var state: [UInt8] {
        let state = Tensor.make("state") { tt_generator_state(raw, $0) }
        return state.withUnsafeBytes { Array($0) }
    }

    /// Continues from a state that ``state`` gave earlier.
    ///
    /// - Throws: ``TorchError`` when the bytes are not a state of this kind of generator.
    public func setState(_ bytes: [UInt8]) throws {
        let state = Tensor(bytes)
        try withExtendedLifetime(state) {
            try check("setState", tt_generator_set_state(raw, state.raw))
        }
    }
}

/// Seeds the default generators of the CPU and of every GPU, as `torch.manual_seed` does.
public func manualSeed(_ seed: UInt64) {
    expect("manualSeed", tt_manual_seed(seed))
}

/// The seed of the CPU's default generator, as `torch.initial_seed` returns it.
public func initialSeed() -> UInt64 { Generator.default.initialSeed }
