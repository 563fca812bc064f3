/// Text on its way through the normalizers, which remembers for every byte where in the input it
/// comes from.
///
/// Origins are ranges of Unicode scalars of the input, because that is what token offsets are in;
/// all bytes of a scalar share one. While a text is ASCII and nothing was removed or inserted,
/// byte i *is* scalar i and no origins are stored, which is the fast path.
package struct NormalizedString: Sendable {
    /// The text as UTF-8.
    package private(set) var bytes: [UInt8]
    private var origins: [Span]
    /// The place of the first scalar in the input, for the bytes without stored origins.
    private let start: Int

    /// Creates the text of one part of the input.
    ///
    /// - Parameters:
    ///   - utf8: Valid UTF-8.
    ///   - start: How many scalars of the input come before it.
    package init(_ utf8: UnsafeBufferPointer<UInt8>, start: Int = 0) {
        bytes = Array(utf8)
        self.start = start
        origins = []
        if utf8.contains(where: { $0 >= 0x80 }) { origins = Self.scalarOrigins(utf8, start) }
    }

    /// Creates the text of a whole input.
    package init(_ text: String) {
        var text = text
        self = text.withUTF8 { NormalizedString($0) }
    }

    private init(bytes: [UInt8], origins: [Span], start: Int) {
        (self.bytes, self.origins, self.start) = (bytes, origins, start)
    }

    private static func scalarOrigins(_ utf8: UnsafeBufferPointer<UInt8>, _ start: Int) -> [Span] {
        var result: [Span] = []
        result.reserveCapacity(utf8.count)
        var next = start
        for byte in utf8 {
            if byte & 0xC0 != 0x80 { next += 1 }
            result.append(Span(next - 1, next))
        }
        return result
    }

    /// Whether every byte is the scalar at its own place.
    var isIdentity: Bool { origins.isEmpty }

    /// The text.
    package var string: String { UTF8Bytes.string(bytes) }

    /// The scalars of the input that the bytes in `range`, which is not empty, come from.
    @inline(__always)
    package func origin(of range: Span) -> Span {
        if origins.isEmpty { return range.shifted(by: start) }
        var result = origins[Int(range.start)]
        result.end = origins[Int(range.end) - 1].end
        return result
    }

    /// A part of the text.
    package func slice(_ range: Range<Int>) -> NormalizedString {
        NormalizedString(
            bytes: Array(bytes[range]), origins: isIdentity ? [] : Array(origins[range]),
            start: start + range.lowerBound)
    }

    /// Replaces bytes one for one; only for texts that are their own origin.
    ///
    /// - Parameter table: The new byte for each ASCII byte.
    mutating func mapASCII(_ table: [UInt8]) {
        for index in bytes.indices { bytes[index] = table[Int(bytes[index])] }
    }

    /// Replaces every scalar by those that `body` appends, which take over its origin.
    mutating func rewrite(_ body: (_ scalar: UInt32, _ output: inout ScalarOutput) -> Void) {
        var output = ScalarOutput(capacity: bytes.count)
        bytes.withUnsafeBufferPointer { input in
            var index = 0
            while index < input.count {
                let (scalar, length) = UTF8Bytes.scalar(in: input, at: index)
                output.origin = origin(of: Span(index, index + 1))
                body(scalar, &output)
                index += length
            }
        }
        (bytes, origins) = (output.bytes, output.origins)
    }

    /// Replaces the whole text by scalars in step with the old ones.
    ///
    /// Change 0 stands for one old scalar, -n for one and the n after it, 1 for none: such a scalar
    /// takes the origin of the old one before the current place.
    mutating func replaceScalars(_ scalars: [ScalarChange]) {
        var output = ScalarOutput(capacity: bytes.count)
        bytes.withUnsafeBufferPointer { input in
            var index = 0
            for new in scalars {
                let place = new.change > 0 ? index - 1 : index
                output.origin =
                    place < 0 || input.isEmpty ? Span(0, 0) : origin(of: Span(place, place + 1))
                var consumed = new.change > 0 ? 0 : 1 - new.change
                while consumed > 0, index < input.count {
                    index += UTF8Bytes.scalar(in: input, at: index).1
                    consumed -= 1
                }
                output.append(new.scalar)
            }
        }
        (bytes, origins) = (output.bytes, output.origins)
    }

    /// Replaces every occurrence of `pattern`, which is not empty, from left to right.
    ///
    /// The replacement takes the origin of the last byte it replaces.
    mutating func replace(_ pattern: [UInt8], by content: [UInt8]) {
        var output = ScalarOutput(capacity: bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index...].starts(with: pattern) {
                let last = index + pattern.count - 1
                output.append(content, origin(of: Span(last, last + 1)))
                index += pattern.count
            } else {
                output.append([bytes[index]], origin(of: Span(index, index + 1)))
                index += 1
            }
        }
        (bytes, origins) = (output.bytes, output.origins)
    }
}

/// A scalar of a rewritten text and its relation to the old text.
struct ScalarChange: Sendable {
    /// The new scalar.
    var scalar: UInt32
    /// 0 for one old scalar, -n for one and n more, 1 for an inserted one.
    var change: Int
}

/// Collects a rewritten text with its origins.
struct ScalarOutput {
    fileprivate var bytes: [UInt8] = []
    fileprivate var origins: [Span] = []
    /// What the scalars appended next come from.
    fileprivate(set) var origin = Span(0, 0)

    fileprivate init(capacity: Int) {
        bytes.reserveCapacity(capacity)
        origins.reserveCapacity(capacity)
    }

    /// Appends one scalar of the current origin.
    @inline(__always)
    mutating func append(_ scalar: UInt32) {
        UTF8Bytes.append(scalar, to: &bytes)
        while origins.count < bytes.count { origins.append(origin) }
    }

    fileprivate mutating func append(_ content: [UInt8], _ origin: Span) {
        bytes += content
        while origins.count < bytes.count { origins.append(origin) }
    }
}
