import Foundation

/// The framing of TensorFlow's record files: length, its checksum, the bytes, their checksum.
enum RecordFraming {
    /// One record.
    static func record(_ payload: Data) -> Data {
        var record = Data()
        let length = littleEndian(UInt64(payload.count))
        record += length
        record += littleEndian(maskedChecksum(length))
        record += payload
        record += littleEndian(maskedChecksum(payload))
        return record
    }

    /// CRC-32C, rotated and shifted so that a checksum of data with checksums stays strong.
    static func maskedChecksum(_ data: Data) -> UInt32 {
        let checksum = crc32c(data)
        return ((checksum >> 15) | (checksum << 17)) &+ 0xA282_EAD8
    }

    /// The cyclic redundancy check with Castagnoli's polynomial.
    static func crc32c(_ data: Data) -> UInt32 {
        ~data.reduce(UInt32.max) { checksum, byte in
            table[Int((checksum ^ UInt32(byte)) & 0xFF)] ^ (checksum >> 8)
        }
    }

    /// The checksum's change for each low byte, from the reversed polynomial.
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in
            value & 1 == 1 ? (value >> 1) ^ 0x82F6_3B78 : value >> 1
        }
    }

    private static func littleEndian(_ value: some FixedWidthInteger) -> Data {
        withUnsafeBytes(of: value.littleEndian) { Data($0) }
    }
}
