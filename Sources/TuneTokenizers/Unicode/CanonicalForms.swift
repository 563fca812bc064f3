/// Canonical decomposition and composition of single scalars, with the tables of the reference.
package enum CanonicalForms {
    /// Canonical combining classes.
    static let combiningClasses: PagedTable<UInt8> = {
        var table = PagedTable<UInt8>(repeating: 0)
        var numbers = PackedNumbers(UnicodeData.combiningClasses)
        while !numbers.isAtEnd {
            let value = UInt8(truncatingIfNeeded: numbers.next())
            for range in numbers.ranges(numbers.next()) { table.update(range) { $0 = value } }
        }
        return table.compacted()
    }()

    /// Primary composites by their two parts.
    static let composites: [UInt64: UInt32] = {
        var numbers = PackedNumbers(UnicodeData.compositionExclusions)
        let excluded = Set(numbers.ranges().joined())
        let mapping = ScalarMapping.decomposition
        var whole: [ArraySlice<UInt32>: UInt32] = [:]
        for scalar in mapping.domain where !excluded.contains(scalar) {
            if let parts = mapping[scalar] { whole[parts] = scalar }
        }
        var result: [UInt64: UInt32] = [:]
        for (parts, scalar) in whole {
            guard let last = parts.last, let only = parts.first else { continue }
            let rest = parts.dropLast()
            guard let head = rest.count == 1 ? only : whole[rest] else { continue }
            result[key(head, last)] = scalar
        }
        return result
    }()

    /// Whether `scalar` begins a Hangul syllable block of the arithmetic kind.
    static func isHangulSyllable(_ scalar: UInt32) -> Bool { (0xAC00..<0xD7A4).contains(scalar) }

    /// The scalars that `scalar` decomposes into, itself if none.
    package static func decompose(_ scalar: UInt32, _ emit: (UInt32) -> Void) {
        if scalar < 0xC0 { return emit(scalar) }
        if isHangulSyllable(scalar) {
            let index = scalar - 0xAC00
            emit(0x1100 + index / 588)
            emit(0x1161 + index % 588 / 28)
            if index % 28 != 0 { emit(0x11A7 + index % 28) }
        } else if let parts = ScalarMapping.decomposition[scalar] {
            for part in parts { emit(part) }
        } else {
            emit(scalar)
        }
    }

    /// The composite of two scalars, if there is one.
    static func compose(_ first: UInt32, _ second: UInt32) -> UInt32? {
        if (0x1100..<0x1113).contains(first), (0x1161..<0x1176).contains(second) {
            return 0xAC00 + ((first - 0x1100) * 21 + (second - 0x1161)) * 28
        }
        if isHangulSyllable(first), (first - 0xAC00) % 28 == 0, (0x11A8..<0x11C3).contains(second) {
            return first + (second - 0x11A7)
        }
        return composites[key(first, second)]
    }

    private static func key(_ first: UInt32, _ second: UInt32) -> UInt64 {
        UInt64(first) << 32 | UInt64(second)
    }
}
