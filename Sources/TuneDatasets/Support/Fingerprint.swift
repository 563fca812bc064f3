import TuneBase

/// What a dataset is made of, in 16 hexadecimal digits: equal for equal sources and steps.
///
/// A step is known by its name, its arguments and, for closures, the place in the source code
/// that calls it; the 64-bit FNV-1a hash runs over the parent's fingerprint and these.
struct Fingerprint: Sendable, Hashable, CustomStringConvertible {
    let description: String

    /// The fingerprint of a new dataset made from `parts`.
    init(_ parts: [String]) {
        var hash = StableHash()
        for part in parts { hash.add(part) }
        description = hash.hexadecimal
    }

    /// The fingerprint of columns by their content.
    init(_ columns: Columns) {
        var hash = StableHash()
        for name in columns.names {
            hash.add(name)
            if let data = columns[name] { hash.add(data) }
        }
        description = hash.hexadecimal
    }

    /// The fingerprint after one more step.
    func after(_ operation: String, _ arguments: String...) -> Fingerprint {
        Fingerprint([description, operation] + arguments)
    }
}

/// FNV-1a over 64 bits; unlike Swift's `Hasher` it gives the same value in every process.
struct StableHash {
    private var state: UInt64 = 0xcbf2_9ce4_8422_2325

    var hexadecimal: String {
        let digits = String(state, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private mutating func add(byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }

    mutating func add(_ value: Int) {
        state = (state ^ UInt64(bitPattern: Int64(value))) &* 0x100_0000_01b3
        state ^= state >> 29
    }

    mutating func add(_ text: String) {
        // The length keeps ["a", "b"] and ["ab"] apart.
        add(text.utf8.count)
        for byte in text.utf8 { add(byte: byte) }
    }

    mutating func add(_ data: ColumnData) {
        add(data.count)
        switch data {
        case .ints(let values): for value in values { add(value) }
        case .doubles(let values): for value in values { add(Int(bitPattern(value))) }
        case .bools(let values): for value in values { add(value ? 1 : 0) }
        case .strings(let values): for value in values { add(value) }
        case .intLists(let rows):
            for offset in rows.offsets { add(offset) }
            for value in rows.values { add(value) }
        case .values(let values): for value in values { add(value.description) }
        }
    }

    private func bitPattern(_ value: Double) -> Int64 { Int64(bitPattern: value.bitPattern) }
}
