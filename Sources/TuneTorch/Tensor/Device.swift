import CTuneTorch

/// Where a tensor's memory is and where operations on it run.
public struct Device: Sendable, Hashable, CustomStringConvertible {
    /// The kind of a device.
    public enum Kind: Int32, Sendable {
        /// The processor.
        case cpu = 0
        /// An NVIDIA GPU.
        case cuda = 1
    }

    /// The kind of the device.
    public let kind: Kind
    /// The number of the device among those of its kind.
    public let index: Int

    /// Creates a device from its kind and number.
    public init(_ kind: Kind, index: Int = 0) {
        self.kind = kind
        self.index = index
    }

    /// The processor.
    public static let cpu = Device(.cpu)

    /// The NVIDIA GPU with number `index`.
    public static func cuda(_ index: Int = 0) -> Device { Device(.cuda, index: index) }

    /// The first GPU when one can be used, else the processor.
    public static var `default`: Device { isCUDAAvailable ? .cuda() : .cpu }

    /// Whether the CUDA half of libtorch is installed and sees a GPU.
    public static var isCUDAAvailable: Bool { cudaDeviceCount > 0 }

    /// The number of usable NVIDIA GPUs.
    public static var cudaDeviceCount: Int { Int(tt_cuda_device_count()) }

    /// The device as PyTorch prints it: `cpu`, `cuda:0`.
    public var description: String { kind == .cpu ? "cpu" : "cuda:\(index)" }
}

extension Device {
    var raw: tt_device { tt_device(type: kind.rawValue, index: Int32(clamping: index)) }

    init(_ raw: tt_device) {
        self.init(Kind(rawValue: raw.type) ?? .cpu, index: Int(raw.index))
    }
}
