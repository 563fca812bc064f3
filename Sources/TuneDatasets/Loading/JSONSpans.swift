import Foundation
import TuneBase

/// Finds where the values of a JSON document begin and end without building them.
struct JSONSpans {
    let bytes: UnsafeRawBufferPointer
    let source: String
    private(set) var position = 0

    init(_ bytes: UnsafeRawBufferPointer, source: String) {
        self.bytes = bytes
        self.source = source
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// The first byte of the next value, or nil at the end.
    mutating func peek() -> UInt8? {
        while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
            position += 1
        }
        return position < bytes.count ? bytes[position] : nil
    }

    /// Skips one value and returns where it stands.
    mutating func value() throws -> Range<Int> {
        guard let first = peek() else { throw failure("unexpected end") }
        let start = position
        switch first {
        case UInt8(ascii: "{"), UInt8(ascii: "["): try skipNested()
        case UInt8(ascii: "\""): try skipString()
        default:
            while position < bytes.count, !Self.endsScalar(bytes[position]) { position += 1 }
            if position == start { throw failure("unexpected character") }
        }
        return start..<position
    }

    /// The elements of the array that begins here.
    mutating func elements() throws -> [Range<Int>] {
        position += 1
        var result: [Range<Int>] = []
        if try consume("]") { return result }
        repeat { result.append(try value()) } while try consume(",")
        guard try consume("]") else { throw failure("expected ',' or ']'") }
        return result
    }

    /// The members of the object that begins here.
    mutating func members() throws -> [(key: String, value: Range<Int>)] {
        position += 1
        var result: [(key: String, value: Range<Int>)] = []
        if try consume("}") { return result }
        repeat {
            guard peek() == UInt8(ascii: "\"") else { throw failure("expected a member name") }
            let key = try JSONValue(parsing: Data(bytes[try value()]), source: source)
            guard try consume(":") else { throw failure("expected ':'") }
            result.append((key.string ?? "", try value()))
        } while try consume(",")
        guard try consume("}") else { throw failure("expected ',' or '}'") }
        return result
    }

    /// Goes back to where a span begins.
    mutating func move(to span: Range<Int>) { position = span.lowerBound }

    private mutating func consume(_ character: Unicode.Scalar) throws -> Bool {
        guard let byte = peek() else { throw failure("unexpected end") }
        guard byte == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private static func endsScalar(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"),
            UInt8(ascii: ":"):
            true
        default: false
        }
    }

    private mutating func skipNested() throws {
        var depth = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                try skipString()
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            position += 1
            if depth == 0 { return }
        }
        throw failure("unexpected end")
    }

    private mutating func skipString() throws {
        position += 1
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\\"): position += 2
            case UInt8(ascii: "\""):
                position += 1
                return
            default: position += 1
            }
        }
        throw failure("unterminated string")
    }

    func failure(_ problem: String) -> TuneError {
        let line = bytes[..<min(position, bytes.count)].reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
        return TuneError(
            .badData, "\(source) cannot be read as JSON: \(problem) at line \(line).",
            remedy: "Correct the file or download it again.")
    }
}
