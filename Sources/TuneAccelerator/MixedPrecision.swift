import TuneBase
public import TuneTorch

/// The number format in which matrix products are computed; weights stay in float32.
public enum MixedPrecision: String, Sendable, CaseIterable {
    /// Everything in float32.
    case no
    /// bfloat16: the range of float32 with 8 bits of precision, on processors and GPUs.
    case bf16
    /// float16, on GPUs; needs loss scaling.
    case fp16

    /// The precision with the given name.
    ///
    /// - Throws: `TuneError` that lists the known names.
    public init(named name: String) throws {
        guard let precision = MixedPrecision(rawValue: name) else {
            throw TuneError(
                .badConfig, "The mixed precision '\(name)' is not known.",
                remedy: suggestion(for: name, among: Self.allCases.map(\.rawValue)))
        }
        self = precision
    }

    /// The type to which autocast converts, or nil for none.
    public var dtype: DType? {
        switch self {
        case .no: nil
        case .bf16: .bfloat16
        case .fp16: .float16
        }
    }

    /// Refuses a combination that cannot be computed.
    ///
    /// - Parameters:
    ///   - device: Where the model computes.
    ///   - scalesLosses: Whether the loop uses a ``GradScaler``, which float16 needs.
    /// - Throws: `TuneError` for float16 on the processor, or without scaling.
    public func check(on device: Device, scalesLosses: Bool = false) throws {
        guard self == .fp16, device.kind == .cpu || !scalesLosses else { return }
        throw TuneError(
            .badConfig,
            "Mixed precision fp16 is not available on \(device); it needs a GPU and loss scaling.",
            remedy: "Use bf16, which needs no scaling, or no.")
    }
}
