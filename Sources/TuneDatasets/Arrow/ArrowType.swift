import CTuneArrow

/// An Arrow data type.
final class ArrowType {
    let handle: OpaquePointer

    init(owning handle: OpaquePointer) { self.handle = handle }
    deinit { ta_type_free(handle) }

    /// Arrow's own name, such as `list<item: int64>`.
    var name: String { String(cString: ta_type_name(handle)) }

    private func child(_ index: Int) throws -> ArrowType {
        try ArrowType(owning: madeByArrow { ta_type_child(handle, index, &$0) })
    }

    /// The feature that holds values of this type.
    func feature() throws -> Feature {
        switch ArrowKind(type: self) {
        case .list:
            let item = try child(0).feature()
            if ta_type_list_variant(handle) == Int32(TA_LIST_64.rawValue) {
                return .largeList(item)
            }
            let size = ta_type_list_size(handle)
            return .list(item, length: size < 0 ? nil : size)
        case .structure:
            var fields = Features()
            for index in 0..<ta_type_child_count(handle) {
                fields[String(cString: ta_type_child_name(handle, index))] =
                    try child(index).feature()
            }
            return .structure(fields)
        default:
            return .value(Self.datasetsNames[name] ?? name)
        }
    }

    /// Creates the type in which the values of `feature` are stored.
    convenience init(storing feature: Feature) throws {
        switch feature {
        case .value(let dtype):
            try self.init(owning: madeByArrow { ta_type_leaf(dtype, &$0) })
        case .classLabel:
            try self.init(owning: madeByArrow { ta_type_leaf("int64", &$0) })
        case .json:
            try self.init(owning: madeByArrow { ta_type_leaf("string", &$0) })
        case .list(let item, let length):
            let item = try ArrowType(storing: item)
            let variant = length == nil ? TA_LIST_32 : TA_LIST_FIXED
            try self.init(
                owning: madeByArrow {
                    ta_type_make_list(item.handle, Int32(variant.rawValue), length ?? -1, &$0)
                })
        case .largeList(let item):
            let item = try ArrowType(storing: item)
            try self.init(
                owning: madeByArrow {
                    ta_type_make_list(item.handle, Int32(TA_LIST_64.rawValue), -1, &$0)
                })
        case .structure(let fields):
            let types = try fields.fields.map { try ArrowType(storing: $0.feature) }
            let handle = try withCStrings(fields.names) { names in
                try madeByArrow { made in
                    withExtendedLifetime(types) {
                        ta_type_make_struct(names, types.map(\.handle), names.count, &made)
                    }
                }
            }
            self.init(owning: handle)
        }
    }

    /// Where `datasets` says it otherwise than Arrow prints it.
    private static let datasetsNames = [
        "double": "float64", "float": "float32", "halffloat": "float16",
        "date32[day]": "date32", "date64[ms]": "date64",
    ]
}

/// How the values of a column are read.
enum ArrowKind: Sendable {
    case null, int, double, bool, text, binary, list, structure, other

    init(type: ArrowType) { self.init(ta_type_kind(type.handle)) }

    init(_ raw: Int32) {
        switch UInt32(bitPattern: raw) {
        case TA_NULL.rawValue: self = .null
        case TA_INT.rawValue: self = .int
        case TA_DOUBLE.rawValue: self = .double
        case TA_BOOL.rawValue: self = .bool
        case TA_TEXT.rawValue: self = .text
        case TA_BINARY.rawValue: self = .binary
        case TA_LIST.rawValue: self = .list
        case TA_STRUCT.rawValue: self = .structure
        default: self = .other
        }
    }
}
