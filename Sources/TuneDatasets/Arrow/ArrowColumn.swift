import CTuneArrow

/// One immutable column in Arrow's memory.
///
/// Unchecked because the handle points at C++ data that nothing changes after it is made.
final class ArrowColumn: @unchecked Sendable {
    let handle: OpaquePointer
    let count: Int
    let nullCount: Int
    let kind: ArrowKind
    /// What the values are, as far as Arrow's type tells.
    let feature: Feature
    /// The values of a list column, the fields of a structure column.
    let children: [ArrowColumn]
    /// For types that Swift reads as text (dates, decimals): that text.
    let text: ArrowColumn?

    /// Takes over `handle`.
    ///
    /// - Throws: `ArrowFailure` for a type that neither has a kind nor can be written as text.
    init(owning handle: OpaquePointer) throws {
        self.handle = handle
        count = ta_column_length(handle)
        nullCount = ta_column_null_count(handle)
        kind = ArrowKind(ta_column_kind(handle))
        do {
            let type = try ArrowType(owning: madeByArrow { ta_column_type(handle, &$0) })
            feature = try type.feature()
            children = try Self.children(of: handle, kind, ta_type_child_count(type.handle))
            text = try kind == .other ? Self.text(of: handle, type) : nil
        } catch {
            ta_column_free(handle)
            throw error
        }
    }

    deinit { ta_column_free(handle) }

    private static func children(
        of handle: OpaquePointer, _ kind: ArrowKind, _ count: Int
    ) throws -> [ArrowColumn] {
        guard kind == .list || kind == .structure else { return [] }
        return try (0..<count).map { index in
            try ArrowColumn(owning: madeByArrow { ta_column_child(handle, index, &$0) })
        }
    }

    private static func text(of handle: OpaquePointer, _ type: ArrowType) throws -> ArrowColumn {
        let string = try ArrowType(storing: .value("string"))
        do {
            return try ArrowColumn(
                owning: madeByArrow { ta_column_cast(handle, string.handle, &$0) })
        } catch is ArrowFailure {
            throw ArrowFailure(
                message: "Arrow type \(type.name) does not have a datasets dtype equivalent.")
        }
    }

    /// A column of `count` nulls.
    static func nulls(_ feature: Feature, count: Int) throws -> ArrowColumn {
        let type = try ArrowType(storing: feature)
        return try ArrowColumn(owning: madeByArrow { ta_build_nulls(type.handle, count, &$0) })
    }

    /// The rows of all `columns`, which are of one type, one after the other.
    static func joining(_ columns: [ArrowColumn]) throws -> ArrowColumn {
        if columns.count == 1, let only = columns.first { return only }
        let handles: [OpaquePointer?] = columns.map(\.handle)
        return try withExtendedLifetime(columns) {
            try ArrowColumn(
                owning: madeByArrow { ta_column_concatenate(handles, handles.count, &$0) })
        }
    }

    /// The rows of `selection`; a range shares the memory.
    func taking(_ selection: RowSelection) throws -> ArrowColumn {
        if case .range(let range) = selection, range == 0..<count { return self }
        return try selection.withRows { rows in
            try ArrowColumn(owning: madeByArrow { ta_column_take(handle, rows, &$0) })
        }
    }

    /// The values converted to the type that stores `target`, without loss.
    func converted(to target: Feature) throws -> ArrowColumn {
        if feature == target.storage { return self }
        let type = try ArrowType(storing: target)
        return try ArrowColumn(owning: madeByArrow { ta_column_cast(handle, type.handle, &$0) })
    }

    /// The distinct values in the order of their first appearance.
    func distinct() throws -> ArrowColumn {
        try ArrowColumn(owning: madeByArrow { ta_column_unique(handle, &$0) })
    }
}
