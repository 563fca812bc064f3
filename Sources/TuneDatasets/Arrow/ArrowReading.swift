import CTuneArrow
import TuneBase

extension ArrowColumn {
    /// The rows of `selection` as Swift values; compact unless there is a null among them.
    ///
    /// `feature` says how to understand the values where the type does not: JSON in text.
    func read(_ selection: RowSelection, as feature: Feature) throws -> ColumnData {
        if let text { return try text.read(selection, as: .value("string")) }
        if feature == .json { return try decodedJSON(selection) }
        switch kind {
        case .null, .other:
            return .values(Array(repeating: .null, count: selection.count))
        case .int:
            return try scalars(selection, 0, ta_read_ints, ColumnData.ints, DataValue.int)
        case .double:
            return try scalars(
                selection, 0, ta_read_doubles, ColumnData.doubles, DataValue.double)
        case .bool:
            return try scalars(
                selection, 0, ta_read_bools, { .bools($0.map { $0 != 0 }) }, { .bool($0 != 0) })
        case .text:
            return try scalars(
                selection, ta_text(), ta_read_texts, { .strings($0.map(string)) },
                { .string(string($0)) })
        case .binary:
            return try scalars(
                selection, ta_text(), ta_read_texts, { .values($0.map { .binary(bytes($0)) }) },
                { .binary(bytes($0)) })
        case .list: return try lists(selection, as: feature)
        case .structure: return try structures(selection, as: feature)
        }
    }

    /// All rows.
    func readAll(as feature: Feature) throws -> ColumnData {
        try read(.range(0..<count), as: feature)
    }

    private typealias Reader<Raw> = (
        OpaquePointer?, ta_rows, UnsafeMutablePointer<Raw>?, UnsafeMutablePointer<UInt8>?
    ) -> Int32

    private func scalars<Raw>(
        _ selection: RowSelection, _ empty: Raw, _ reader: Reader<Raw>,
        _ compact: ([Raw]) -> ColumnData, _ box: (Raw) -> DataValue
    ) throws -> ColumnData {
        var valid = [UInt8](repeating: 1, count: nullCount > 0 ? selection.count : 0)
        let raw = try selection.withRows { rows in
            try [Raw](unsafeUninitializedCapacity: rows.count) { buffer, filled in
                let status = valid.withUnsafeMutableBufferPointer { valid in
                    reader(
                        handle, rows, buffer.baseAddress, valid.isEmpty ? nil : valid.baseAddress)
                }
                try checkArrow(status)
                filled = rows.count
            }
        }
        return withExtendedLifetime(self) {
            guard valid.contains(0) else { return compact(raw) }
            return .values(zip(raw, valid).map { $1 == 0 ? .null : box($0) })
        }
    }

    private func validity(_ selection: RowSelection) throws -> [UInt8] {
        guard nullCount > 0 else { return [] }
        var valid = [UInt8](repeating: 1, count: selection.count)
        try checkArrow(selection.withRows { ta_read_valid(handle, $0, &valid) })
        return valid
    }

    private func lists(_ selection: RowSelection, as feature: Feature) throws -> ColumnData {
        var begins = [Int](repeating: 0, count: selection.count)
        var ends = begins
        try checkArrow(selection.withRows { ta_read_ranges(handle, $0, &begins, &ends, nil) })
        let valid = try validity(selection)
        let elements = children[0]
        if elements.kind == .int, !valid.contains(0),
            let ints = try intLists(elements, begins, ends)
        {
            return .intLists(ints)
        }
        let rows = zip(begins, ends).flatMap { Array($0..<$1) }
        let values = try elements.read(.indices(rows), as: feature.item ?? elements.feature).boxed
        var position = 0
        return .values(
            zip(begins, ends).enumerated().map { row, range in
                defer { position += range.1 - range.0 }
                if !valid.isEmpty, valid[row] == 0 { return .null }
                return .list(Array(values[position..<position + range.1 - range.0]))
            })
    }

    /// The lists as flat integers, or nil where an element is null.
    private func intLists(
        _ elements: ArrowColumn, _ begins: [Int], _ ends: [Int]
    ) throws -> RaggedInts? {
        var offsets = [0]
        offsets.reserveCapacity(begins.count + 1)
        var total = 0
        for (begin, end) in zip(begins, ends) {
            total += end - begin
            offsets.append(total)
        }
        var nulls = 0
        let flat = try [Int](unsafeUninitializedCapacity: total) { buffer, filled in
            try checkArrow(
                ta_read_int_ranges(
                    elements.handle, begins, ends, begins.count, buffer.baseAddress, &nulls))
            filled = total
        }
        return nulls == 0 ? RaggedInts(values: flat, offsets: offsets) : nil
    }

    /// The number of elements of each list; 0 for a missing one.
    func listLengths(_ selection: RowSelection) throws -> [Int] {
        var begins = [Int](repeating: 0, count: selection.count)
        var ends = begins
        try checkArrow(selection.withRows { ta_read_ranges(handle, $0, &begins, &ends, nil) })
        return zip(begins, ends).map { $1 - $0 }
    }

    private func structures(_ selection: RowSelection, as feature: Feature) throws -> ColumnData {
        let valid = try validity(selection)
        guard case .structure(let own) = self.feature else { return .values([]) }
        var fields: [[DataValue]] = []
        for (field, child) in zip(own.fields, children) {
            let wanted = feature.fields?[field.name] ?? child.feature
            fields.append(try child.read(selection, as: wanted).boxed)
        }
        return .values(
            (0..<selection.count).map { row in
                if !valid.isEmpty, valid[row] == 0 { return .null }
                var members: [String: DataValue] = [:]
                for (name, values) in zip(own.names, fields) { members[name] = values[row] }
                return .structure(members)
            })
    }

    private func decodedJSON(_ selection: RowSelection) throws -> ColumnData {
        let texts = try read(selection, as: .value("string"))
        return .values(
            try texts.boxed.map { value in
                guard let text = value.string else { return .null }
                return try DataValue(json: text)
            })
    }
}

private func string(_ text: ta_text) -> String {
    String(decoding: UnsafeBufferPointer(start: text.bytes, count: text.count), as: UTF8.self)
}

private func bytes(_ text: ta_text) -> [UInt8] {
    Array(UnsafeBufferPointer(start: text.bytes, count: text.count))
}
