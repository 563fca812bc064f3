import CTuneTorch

/// Where automatic mixed precision applies, and in which type it computes.
public struct Autocast: Sendable, Equatable {
    /// Operations on devices of this kind are affected.
    public let device: Device
    /// `bfloat16` or `float16`.
    public let dtype: DType

    /// Creates a description; nothing changes until ``withAutocast(_:_:)``.
    public init(_ device: Device, dtype: DType) { (self.device, self.dtype) = (device, dtype) }
}

/// Runs `body` with the mixed precision described, or as it is for nil.
public func withAutocast<R>(_ autocast: Autocast?, _ body: () throws -> R) rethrows -> R {
    guard let autocast else { return try body() }
    return try withAutocast(autocast.device, dtype: autocast.dtype, body)
}

/// Runs `body` with automatic mixed precision, as `torch.autocast` does.
///
/// Matrix products and similar operations compute in `dtype`, those that need the range (losses,
/// norms) in `float32`. Casts of weights are remembered until the outermost region ends.
///
/// - Parameters:
///   - device: Operations on devices of this kind are affected.
///   - dtype: `bfloat16` or `float16`.
///   - enabled: Whether the region changes anything; false also turns an outer region off.
///   - body: The forward pass; the backward pass follows the types it recorded.
/// - Returns: What `body` returns.
public func withAutocast<R>(
    _ device: Device, dtype: DType, enabled: Bool = true, _ body: () throws -> R
) rethrows -> R {
    var previous = tt_autocast_state()
    let status = tt_autocast_enter(device.raw.type, enabled, dtype.rawValue, &previous)
    expect("withAutocast", status)
    defer {
        if status == TT_OK { expect("withAutocast", tt_autocast_exit(previous)) }
    }
    return try body()
}
