/// The type of a tensor's elements, numbered as libtorch numbers them.
public enum DType: Int32, Sendable, CaseIterable {
    /// 32-bit floating point, the default of parameters.
    case float32 = 6
    /// 64-bit floating point.
    case float64 = 7
    /// 16-bit IEEE floating point.
    case float16 = 5
    /// 16-bit floating point with the range of `float32`.
    case bfloat16 = 15
    /// 64-bit integers, the type of token ids and class labels.
    case int64 = 4
    /// 32-bit integers.
    case int32 = 3
    /// 16-bit integers.
    case int16 = 2
    /// 8-bit integers.
    case int8 = 1
    /// 8-bit unsigned integers.
    case uint8 = 0
    /// Truth values, one byte each.
    case bool = 11
}

extension DType: CustomStringConvertible {
    /// The size of an element in bytes.
    public var byteSize: Int {
        switch self {
        case .float64, .int64: 8
        case .float32, .int32: 4
        case .float16, .bfloat16, .int16: 2
        case .int8, .uint8, .bool: 1
        }
    }

    /// The name as PyTorch prints it: `torch.float32`.
    public var name: String { "torch.\(shortName)" }

    /// The name without prefix, as configuration files hold it: `float32`.
    public var shortName: String {
        switch self {
        case .float32: "float32"
        case .float64: "float64"
        case .float16: "float16"
        case .bfloat16: "bfloat16"
        case .int64: "int64"
        case .int32: "int32"
        case .int16: "int16"
        case .int8: "int8"
        case .uint8: "uint8"
        case .bool: "bool"
        }
    }

    /// The name as PyTorch prints it.
    public var description: String { name }

    /// Whether the type holds fractions, so that gradients exist.
    public var isFloatingPoint: Bool {
        switch self {
        case .float32, .float64, .float16, .bfloat16: true
        default: false
        }
    }

    /// The type called `name`, with or without the prefix `torch.`.
    public init?(name: String) {
        let short = name.hasPrefix("torch.") ? String(name.dropFirst(6)) : name
        guard let match = DType.allCases.first(where: { $0.shortName == short }) else { return nil }
        self = match
    }
}
