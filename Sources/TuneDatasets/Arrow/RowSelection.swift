import CTuneArrow

/// Which rows of a table, in which order: a range, or indices.
enum RowSelection: Sendable, Hashable {
    case range(Range<Int>)
    case indices([Int])

    var count: Int {
        switch self {
        case .range(let range): range.count
        case .indices(let indices): indices.count
        }
    }

    subscript(position: Int) -> Int {
        switch self {
        case .range(let range): range.lowerBound + position
        case .indices(let indices): indices[position]
        }
    }

    /// The rows at `positions` of this selection.
    func selecting(_ positions: RowSelection) -> RowSelection {
        switch (self, positions) {
        case (.range(let range), .range(let inner)):
            .range(range.lowerBound + inner.lowerBound..<range.lowerBound + inner.upperBound)
        case (.range(let range), .indices(let inner)):
            range.lowerBound == 0 ? positions : .indices(inner.map { range.lowerBound + $0 })
        case (.indices(let indices), .range(let inner)):
            .indices(Array(indices[inner]))
        case (.indices(let indices), .indices(let inner)):
            .indices(inner.map { indices[$0] })
        }
    }

    /// These indices as a range where they are consecutive.
    static func compact(_ indices: [Int]) -> RowSelection {
        guard let first = indices.first else { return .range(0..<0) }
        for (offset, index) in indices.enumerated() where index != first + offset {
            return .indices(indices)
        }
        return .range(first..<first + indices.count)
    }

    /// Calls `body` with the form that the fence takes.
    func withRows<Result>(_ body: (ta_rows) throws -> Result) rethrows -> Result {
        switch self {
        case .range(let range):
            try body(ta_rows(indices: nil, start: range.lowerBound, count: range.count))
        case .indices(let indices):
            try indices.withUnsafeBufferPointer { buffer in
                // An empty array may have no address, which would mean a range.
                guard let address = buffer.baseAddress else {
                    return try body(ta_rows(indices: nil, start: 0, count: 0))
                }
                return try body(ta_rows(indices: address, start: 0, count: buffer.count))
            }
        }
    }
}
