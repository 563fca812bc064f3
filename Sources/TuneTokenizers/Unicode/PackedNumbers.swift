import Foundation

/// Reads the numbers packed in the strings of `UnicodeData`.
struct PackedNumbers {
    private let bytes: [UInt8]
    private var position = 0

    /// Starts at the first number of `base64`.
    init(_ base64: String) { bytes = Array(Data(base64Encoded: base64) ?? Data()) }

    /// Whether all numbers have been read.
    var isAtEnd: Bool { position >= bytes.count }

    /// The next number, seven bits a byte, lowest first.
    mutating func next() -> UInt32 {
        var result: UInt32 = 0
        var shift: UInt32 = 0
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            result |= UInt32(byte & 0x7F) << shift
            if byte < 0x80 { break }
            shift += 7
        }
        return result
    }

    /// The next number, as a difference to `base` with the sign in its lowest bit.
    mutating func next(relativeTo base: UInt32) -> UInt32 {
        let number = next()
        let half = number >> 1
        return number & 1 == 0 ? base &+ half : base &- half &- 1
    }

    /// The next `count` ranges of a set, or all that remain.
    mutating func ranges(_ count: UInt32 = .max) -> [ClosedRange<UInt32>] {
        var result: [ClosedRange<UInt32>] = []
        var nextFree: UInt32 = 0
        while !isAtEnd, result.count < Int(count) {
            let first = nextFree + next()
            let last = first + next()
            result.append(first...last)
            nextFree = last + 1
        }
        return result
    }
}
