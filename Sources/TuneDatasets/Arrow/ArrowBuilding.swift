import CTuneArrow
import TuneBase

extension ArrowColumn {
    /// Builds a column of the type that the values have by themselves.
    ///
    /// - Parameters:
    ///   - data: The rows.
    ///   - like: Says in which order the fields of structures come; others follow by name.
    /// - Returns: A column of one chunk.
    /// - Throws: `ArrowFailure` when the rows are of kinds that no one type holds.
    static func building(_ data: ColumnData, like: Feature? = nil) throws -> ArrowColumn {
        switch data {
        case .ints(let values): return try ints(values, nil)
        case .doubles(let values): return try doubles(values, nil)
        case .bools(let values): return try bools(values, nil)
        case .strings(let values): return try texts(values.map { Array($0.utf8) }, nil)
        case .intLists(let rows): return try list(of: ints(rows.values, nil), rows.offsets, nil)
        case .values(let values): return try boxed(values, like)
        }
    }

    private static func boxed(_ values: [DataValue], _ like: Feature?) throws -> ArrowColumn {
        var kinds: Set<ValueKind> = []
        for value in values { kinds.insert(ValueKind(value)) }
        let hasNulls = kinds.remove(.null) != nil
        let valid = hasNulls ? values.map { $0 == .null ? UInt8(0) : 1 } : nil
        if kinds == [.int, .double] { kinds = [.double] }
        guard let kind = kinds.first else {
            return try nulls(.value("null"), count: values.count)
        }
        guard kinds.count == 1 else {
            let names = Set(values.map(\.kind)).subtracting(["null"]).sorted()
            throw ArrowFailure(
                message: "one column cannot hold \(names.joined(separator: " and "))")
        }
        switch kind {
        case .null: return try nulls(.value("null"), count: values.count)
        case .int: return try ints(values.map { $0.int ?? 0 }, valid)
        case .double: return try doubles(values.map { $0.double ?? 0 }, valid)
        case .bool: return try bools(values.map { $0.bool ?? false }, valid)
        case .string: return try texts(values.map { Array(($0.string ?? "").utf8) }, valid)
        case .binary: return try texts(values.map(\.bytes), valid, binary: true)
        case .list: return try lists(values, valid, like)
        case .structure: return try structures(values, valid, like)
        }
    }

    private static func ints(_ values: [Int], _ valid: [UInt8]?) throws -> ArrowColumn {
        try make {
            ta_build_ints(values, values.count, $0, &$1)
        } validity: {
            valid
        }
    }

    private static func doubles(_ values: [Double], _ valid: [UInt8]?) throws -> ArrowColumn {
        try make {
            ta_build_doubles(values, values.count, $0, &$1)
        } validity: {
            valid
        }
    }

    private static func bools(_ values: [Bool], _ valid: [UInt8]?) throws -> ArrowColumn {
        let bytes = values.map { $0 ? UInt8(1) : 0 }
        return try make {
            ta_build_bools(bytes, bytes.count, $0, &$1)
        } validity: {
            valid
        }
    }

    private static func texts(
        _ values: [[UInt8]], _ valid: [UInt8]?, binary: Bool = false
    ) throws -> ArrowColumn {
        var offsets = [0]
        offsets.reserveCapacity(values.count + 1)
        var bytes: [UInt8] = []
        for value in values {
            bytes.append(contentsOf: value)
            offsets.append(bytes.count)
        }
        return try make {
            ta_build_texts(bytes, offsets, values.count, $0, binary ? 1 : 0, &$1)
        } validity: {
            valid
        }
    }

    private static func list(
        of elements: ArrowColumn, _ offsets: [Int], _ valid: [UInt8]?
    ) throws -> ArrowColumn {
        try make {
            ta_build_list(elements.handle, offsets, offsets.count - 1, $0, &$1)
        } validity: {
            valid
        }
    }

    private static func lists(
        _ values: [DataValue], _ valid: [UInt8]?, _ like: Feature?
    ) throws -> ArrowColumn {
        var offsets = [0]
        var elements: [DataValue] = []
        for value in values {
            elements.append(contentsOf: value.list ?? [])
            offsets.append(elements.count)
        }
        return try list(of: boxed(elements, like?.item), offsets, valid)
    }

    private static func structures(
        _ values: [DataValue], _ valid: [UInt8]?, _ like: Feature?
    ) throws -> ArrowColumn {
        var found: Set<String> = []
        for value in values { found.formUnion((value.members ?? [:]).keys) }
        let known = (like?.fields?.names ?? []).filter(found.contains)
        let names = known + found.subtracting(known).sorted()
        let children = try names.map { name in
            try boxed(values.map { $0.members?[name] ?? .null }, like?.fields?[name])
        }
        let handles: [OpaquePointer?] = children.map(\.handle)
        return try withExtendedLifetime(children) {
            try withCStrings(names) { names in
                try make {
                    ta_build_struct(names, handles, names.count, values.count, $0, &$1)
                } validity: {
                    valid
                }
            }
        }
    }

    private static func make(
        _ build: (UnsafePointer<UInt8>?, inout OpaquePointer?) -> Int32,
        validity: () -> [UInt8]?
    ) throws -> ArrowColumn {
        guard let valid = validity() else {
            return try ArrowColumn(owning: madeByArrow { build(nil, &$0) })
        }
        return try valid.withUnsafeBufferPointer { valid in
            try ArrowColumn(owning: madeByArrow { build(valid.baseAddress, &$0) })
        }
    }
}

private enum ValueKind: Hashable {
    case null, bool, int, double, string, list, structure, binary

    init(_ value: DataValue) {
        switch value {
        case .null: self = .null
        case .bool: self = .bool
        case .int: self = .int
        case .double: self = .double
        case .string: self = .string
        case .list: self = .list
        case .structure: self = .structure
        case .binary: self = .binary
        }
    }
}

extension DataValue {
    /// The fields of a structure, or nil for another kind.
    var members: [String: DataValue]? {
        if case .structure(let members) = self { members } else { nil }
    }

    fileprivate var bytes: [UInt8] { if case .binary(let bytes) = self { bytes } else { [] } }
}
