public import Foundation

extension JSONValue {
    /// Parses one JSON document.
    ///
    /// - Parameters:
    ///   - data: UTF-8 bytes.
    ///   - source: What the bytes are, for messages (`config.json`).
    /// - Throws: `TuneError` with line and column for malformed text, for invalid UTF-8, and for
    ///   nesting deeper than 128.
    public init(parsing data: Data, source: String) throws {
        self = try data.withUnsafeBytes { bytes in
            var parser = JSONParser(bytes: bytes, source: source)
            return try parser.document()
        }
    }

    /// Parses a JSON file.
    public init(contentsOf file: URL) throws {
        self = try JSONValue(parsing: readFile(file), source: file.path)
    }
}

/// A recursive-descent parser over bytes; accepts Python's `NaN` and `Infinity` besides RFC 8259.
struct JSONParser {
    static let maximumDepth = 128

    let bytes: UnsafeRawBufferPointer
    let source: String
    var position = 0
    var depth = 0
    /// Keeps where members stand, if anyone asks for it.
    var recorder: MarkRecorder?

    mutating func document() throws -> JSONValue {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        let result = try value()
        skipWhitespace()
        guard position == bytes.count else { throw failure("unexpected text after the document") }
        return result
    }

    private mutating func value() throws -> JSONValue {
        skipWhitespace()
        guard let byte = peek else { throw failure("unexpected end of file") }
        switch byte {
        case UInt8(ascii: "{"): return try nested { try $0.object() }
        case UInt8(ascii: "["): return try nested { try $0.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "N"): return try word("NaN", .double(.nan))
        case UInt8(ascii: "I"): return try word("Infinity", .double(.infinity))
        default: return try number()
        }
    }

    private mutating func nested(
        _ body: (inout JSONParser) throws -> JSONValue
    ) throws -> JSONValue {
        depth += 1
        guard depth <= Self.maximumDepth else {
            throw failure("nested deeper than \(Self.maximumDepth) levels")
        }
        defer { depth -= 1 }
        position += 1
        return try body(&self)
    }

    private mutating func object() throws -> JSONValue {
        var members: [(key: String, value: JSONValue)] = []
        var seen: Set<ByteString> = []
        skipWhitespace()
        if consume(UInt8(ascii: "}")) { return .object(JSONObject()) }
        repeat {
            skipWhitespace()
            guard peek == UInt8(ascii: "\"") else { throw failure("expected a member name") }
            let start = position
            let key = try string()
            skipWhitespace()
            guard consume(UInt8(ascii: ":")) else { throw failure("expected ':'") }
            guard seen.insert(ByteString(key)).inserted else {
                throw failure("the member '\(key)' appears twice")
            }
            recorder?.enter(key, at: start, in: bytes)
            members.append((key, try value()))
            recorder?.leave()
            skipWhitespace()
        } while consume(UInt8(ascii: ","))
        guard consume(UInt8(ascii: "}")) else { throw failure("expected ',' or '}'") }
        return .object(JSONObject(distinct: members))
    }

    private mutating func array() throws -> JSONValue {
        var elements: [JSONValue] = []
        skipWhitespace()
        if consume(UInt8(ascii: "]")) { return .array([]) }
        repeat {
            elements.append(try value())
            skipWhitespace()
        } while consume(UInt8(ascii: ","))
        guard consume(UInt8(ascii: "]")) else { throw failure("expected ',' or ']'") }
        return .array(elements)
    }

    private mutating func string() throws -> String {
        position += 1
        let start = position
        var unescaped: [UInt8]?
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                let text =
                    unescaped.map { String(validating: $0, as: UTF8.self) }
                    ?? String(validating: bytes[start..<position], as: UTF8.self)
                guard let text else { throw failure("invalid UTF-8 in a string") }
                position += 1
                return text
            case UInt8(ascii: "\\"):
                if unescaped == nil { unescaped = Array(bytes[start..<position]) }
                unescaped?.append(contentsOf: try escape())
            case 0..<0x20:
                throw failure("unescaped control character in a string")
            default:
                unescaped?.append(byte)
                position += 1
            }
        }
        throw failure("unterminated string")
    }

    private mutating func escape() throws -> [UInt8] {
        position += 1
        guard let byte = peek else { throw failure("unterminated escape") }
        position += 1
        switch byte {
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw failure("unknown escape")
        }
    }

    private mutating func unicodeEscape() throws -> [UInt8] {
        var code = try hexadecimal()
        if (0xD800..<0xDC00).contains(code), peek == UInt8(ascii: "\\") {
            let mark = position
            position += 1
            if consume(UInt8(ascii: "u")) {
                let low = try hexadecimal()
                guard (0xDC00..<0xE000).contains(low) else {
                    throw failure("unpaired surrogate escape")
                }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            } else {
                position = mark
            }
        }
        guard let scalar = Unicode.Scalar(code) else { throw failure("unpaired surrogate escape") }
        return Array(String(Character(scalar)).utf8)
    }

    private mutating func hexadecimal() throws -> UInt32 {
        guard position + 4 <= bytes.count,
            let text = String(validating: bytes[position..<position + 4], as: UTF8.self),
            let code = UInt32(text, radix: 16)
        else { throw failure("expected four hexadecimal digits") }
        position += 4
        return code
    }

    private mutating func number() throws -> JSONValue {
        let start = position
        if consume(UInt8(ascii: "-")), peek == UInt8(ascii: "I") {
            return try word("Infinity", .double(-.infinity))
        }
        guard let first = peek, isDigit(first) else { throw failure("unexpected character") }
        position += 1
        if first != UInt8(ascii: "0") {
            skipDigits()
        } else if let next = peek, isDigit(next) {
            throw failure("a number begins with zero")
        }
        var isInteger = true
        if consume(UInt8(ascii: ".")) {
            isInteger = false
            try digits()
        }
        if consume(UInt8(ascii: "e")) || consume(UInt8(ascii: "E")) {
            isInteger = false
            if !consume(UInt8(ascii: "+")) { _ = consume(UInt8(ascii: "-")) }
            try digits()
        }
        guard let text = String(validating: bytes[start..<position], as: UTF8.self) else {
            throw failure("unexpected character")
        }
        if isInteger, let integer = Int(text) { return .int(integer) }
        guard let double = Double(text) else { throw failure("malformed number '\(text)'") }
        return .double(double)
    }

    private mutating func digits() throws {
        guard let byte = peek, isDigit(byte) else { throw failure("expected a digit") }
        skipDigits()
    }

    private mutating func skipDigits() {
        while let byte = peek, isDigit(byte) { position += 1 }
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private mutating func word(_ text: String, _ value: JSONValue) throws -> JSONValue {
        let end = position + text.utf8.count
        guard end <= bytes.count, bytes[position..<end].elementsEqual(text.utf8) else {
            throw failure("unexpected character")
        }
        position = end
        return value
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func consume(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipWhitespace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            position += 1
        }
    }

    private func failure(_ problem: String) -> TuneError {
        let before = bytes[..<min(position, bytes.count)]
        let line = before.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
        let column = position - (before.lastIndex(of: 0x0A) ?? -1)
        return TuneError(
            .badData, "\(source) is not valid JSON: \(problem) at line \(line), column \(column).",
            remedy: "Restore the file or download it again.")
    }
}

/// The bytes of a text, which tell texts apart that Swift's equality merges; hashed in one piece.
private struct ByteString: Hashable {
    private let bytes: [UInt8]

    init(_ text: String) { bytes = Array(text.utf8) }

    func hash(into hasher: inout Hasher) {
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
}
