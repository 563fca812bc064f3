/// The values of one column on the host, unboxed where all of them are of one kind.
public enum ColumnData: Sendable, Hashable {
    case ints([Int])
    case doubles([Double])
    case bools([Bool])
    case strings([String])
    case intLists(RaggedInts)
    /// Anything else: nulls, nested lists, structures.
    case values([DataValue])
}

extension ColumnData {
    /// Creates the most compact form of `values`; an empty column stays boxed.
    public init(_ values: [DataValue]) {
        if values.isEmpty { self = .values([]); return }
        if let ints = values.mapAll(\.int) { self = .ints(ints); return }
        if let strings = values.mapAll(\.string) { self = .strings(strings); return }
        if let bools = values.mapAll(\.bool) { self = .bools(bools); return }
        if let doubles = values.mapAll(\.double) { self = .doubles(doubles); return }
        if let lists = values.mapAll({ $0.list?.mapAll(\.int) }) {
            self = .intLists(RaggedInts(lists))
            return
        }
        self = .values(values)
    }

    /// The number of rows.
    public var count: Int {
        switch self {
        case .ints(let values): values.count
        case .doubles(let values): values.count
        case .bools(let values): values.count
        case .strings(let values): values.count
        case .intLists(let values): values.count
        case .values(let values): values.count
        }
    }

    /// The value in one row.
    public subscript(row: Int) -> DataValue {
        switch self {
        case .ints(let values): .int(values[row])
        case .doubles(let values): .double(values[row])
        case .bools(let values): .bool(values[row])
        case .strings(let values): .string(values[row])
        case .intLists(let values): .list(values[row].map(DataValue.int))
        case .values(let values): values[row]
        }
    }

    /// The rows at `indices`, in that order.
    public func selecting(_ indices: some Sequence<Int>) -> ColumnData {
        switch self {
        case .ints(let values): .ints(indices.map { values[$0] })
        case .doubles(let values): .doubles(indices.map { values[$0] })
        case .bools(let values): .bools(indices.map { values[$0] })
        case .strings(let values): .strings(indices.map { values[$0] })
        case .intLists(let values): .intLists(values.selecting(indices))
        case .values(let values): .values(indices.map { values[$0] })
        }
    }

    /// All rows as boxed values.
    public var boxed: [DataValue] { (0..<count).map { self[$0] } }

    /// What the column holds, for an error message.
    public var kind: String {
        switch self {
        case .ints: "integers"
        case .doubles: "numbers"
        case .bools: "booleans"
        case .strings: "text"
        case .intLists: "lists of integers"
        case .values(let values):
            values.contains(.null) ? "values with nulls" : "values of several kinds"
        }
    }
}

extension Sequence {
    /// The transformed elements, or nil as soon as one cannot be transformed.
    public func mapAll<Result>(_ transform: (Element) throws -> Result?) rethrows -> [Result]? {
        var results: [Result] = []
        for element in self {
            guard let result = try transform(element) else { return nil }
            results.append(result)
        }
        return results
    }
}
