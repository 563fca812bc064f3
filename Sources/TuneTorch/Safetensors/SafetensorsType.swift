extension DType {
    /// The name of the type in a safetensors header.
    public var safetensorsName: String {
        switch self {
        case .int64: "I64"
        case .float64: "F64"
        case .float32: "F32"
        case .int32: "I32"
        case .bfloat16: "BF16"
        case .float16: "F16"
        case .int16: "I16"
        case .int8: "I8"
        case .uint8: "U8"
        case .bool: "BOOL"
        }
    }

    /// The type with this name in a safetensors header; nil for types that tensors cannot have.
    public init?(safetensorsName name: String) {
        let match = DType.allCases.first { $0.safetensorsName == name }
        guard let match else { return nil }
        self = match
    }

    /// The position in a file: types with larger alignment come first.
    var safetensorsRank: Int {
        let order: [DType] = [
            .int64, .float64, .float32, .int32, .bfloat16, .float16, .int16, .int8, .uint8, .bool,
        ]
        return order.firstIndex(of: self) ?? order.count
    }
}

/// The size in bits of the elements of every type that the format knows; nil for unknown names.
func safetensorsBits(_ name: String) -> Int? {
    if let dtype = DType(safetensorsName: name) { return dtype.byteSize * 8 }
    switch name {
    case "F4": return 4
    case "F6_E2M3", "F6_E3M2": return 6
    case "F8_E5M2", "F8_E4M3", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ": return 8
    case "U16": return 16
    case "U32": return 32
    case "U64", "C64": return 64
    default: return nil
    }
}
