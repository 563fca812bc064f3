import Foundation
import Testing

/// A reader of event files that shares no code with the writer: it works bit by bit and by the
/// descriptions of the formats.
struct EventReader {
    /// One field of a message: its number, and its content.
    struct Field {
        let number: Int
        let bytes: [UInt8]
        let integer: UInt64
    }

    /// The payloads of a file's records; lengths and checksums are checked.
    static func records(_ data: Data) throws -> [[UInt8]] {
        var rest = Array(data)[...]
        var records: [[UInt8]] = []
        while !rest.isEmpty {
            try #require(rest.count >= 16)
            let header = Array(rest.prefix(8))
            let length = Int(number(header))
            #expect(number(rest.dropFirst(8).prefix(4)) == UInt64(masked(header)))
            try #require(rest.count >= 16 + length)
            let payload = Array(rest.dropFirst(12).prefix(length))
            #expect(number(rest.dropFirst(12 + length).prefix(4)) == UInt64(masked(payload)))
            records.append(payload)
            rest = rest.dropFirst(16 + length)
        }
        return records
    }

    /// The fields of a message in order.
    static func fields(_ message: [UInt8]) throws -> [Field] {
        var rest = message[...]
        func varint() throws -> UInt64 {
            var (value, shift): (UInt64, UInt64) = (0, 0)
            while true {
                let next = rest.popFirst()
                let byte = try #require(next)
                value |= UInt64(byte & 0x7F) << shift
                if byte < 0x80 { return value }
                shift += 7
            }
        }
        var fields: [Field] = []
        while !rest.isEmpty {
            let tag = try varint()
            let kind = tag & 7
            if kind == 0 {
                fields.append(Field(number: Int(tag >> 3), bytes: [], integer: try varint()))
                continue
            }
            let size = kind == 1 ? 8 : kind == 5 ? 4 : Int(try varint())
            try #require([1, 2, 5].contains(kind) && rest.count >= size)
            let bytes = Array(rest.prefix(size))
            rest = rest.dropFirst(size)
            fields.append(
                Field(number: Int(tag >> 3), bytes: bytes, integer: kind == 2 ? 0 : number(bytes)))
        }
        return fields
    }

    /// CRC-32C by polynomial division, one bit after the other, then masked.
    static func masked(_ bytes: [UInt8]) -> UInt32 {
        var register: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            for bit in 0..<8 {
                let incoming = UInt32(byte >> bit & 1)
                let isSet = (register & 1) ^ incoming == 1
                register >>= 1
                if isSet { register ^= 0x82F6_3B78 }
            }
        }
        let checksum = register ^ 0xFFFF_FFFF
        return (checksum >> 15 | checksum << 17) &+ 0xA282_EAD8
    }

    private static func number(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.enumerated().reduce(0) { $0 | UInt64($1.element) << (8 * UInt64($1.offset)) }
    }
}
