/// The checksum of zip files (CRC-32, polynomial 0xEDB88320).
///
/// Eight bytes are taken at a time, each through a table of its own distance from the end.
func crc32(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    var crc = UInt32.max
    let whole = bytes.count & ~7
    crcTables.withUnsafeBufferPointer { tables in
        for start in stride(from: 0, to: whole, by: 8) {
            let raw = bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self)
            let word = UInt64(littleEndian: raw) ^ UInt64(crc)
            crc = 0
            for position in 0..<8 {
                let byte = Int(truncatingIfNeeded: word >> (8 * UInt64(position)) & 0xFF)
                crc ^= tables[(7 - position) * 256 + byte]
            }
        }
        for byte in bytes[whole...] {
            crc = crc >> 8 ^ tables[Int(UInt8(truncatingIfNeeded: crc) ^ byte)]
        }
    }
    return ~crc
}

/// Table `k` holds, for each byte, what it contributes from `k` bytes before the end.
private let crcTables: [UInt32] = {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for byte in 0..<256 {
        var value = UInt32(byte)
        for _ in 0..<8 { value = value >> 1 ^ (value & 1 == 1 ? 0xEDB8_8320 : 0) }
        tables[byte] = value
    }
    for index in 256..<8 * 256 {
        let shorter = tables[index - 256]
        tables[index] = shorter >> 8 ^ tables[Int(shorter & 0xFF)]
    }
    return tables
}()
