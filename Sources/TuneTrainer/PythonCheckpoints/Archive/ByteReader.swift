/// What makes a file of Python unusable, as the rest of a sentence about the file.
struct PythonFileFlaw: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}

/// Takes numbers and pieces from bytes that nobody vouches for, little-endian.
struct ByteReader {
    private let bytes: UnsafeRawBufferPointer
    /// Where the next byte is taken.
    private(set) var position: Int

    /// Begins to read at a position, which may be anywhere.
    init(_ bytes: UnsafeRawBufferPointer, at position: Int = 0) {
        (self.bytes, self.position) = (bytes, position)
    }

    /// How many bytes are left.
    var remaining: Int { bytes.count - position }

    /// The next bytes; they are valid as long as the whole is.
    ///
    /// - Throws: ``PythonFileFlaw`` when there are not as many.
    mutating func take(_ count: Int) throws -> UnsafeRawBufferPointer {
        guard count >= 0, position >= 0, count <= remaining else {
            throw PythonFileFlaw("it ends too early, at byte \(bytes.count)")
        }
        defer { position += count }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
    }

    /// The next number.
    mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
        let raw = try take(MemoryLayout<Number>.size).loadUnaligned(as: Number.self)
        return Number(littleEndian: raw)
    }

    /// The next number, as a size or position.
    mutating func size<Number: FixedWidthInteger & UnsignedInteger>(
        _ type: Number.Type
    ) throws -> Int {
        let value = try number(type)
        guard let size = Int(exactly: value) else {
            throw PythonFileFlaw("it claims a size of \(value) bytes")
        }
        return size
    }

    /// The next text of so many bytes.
    mutating func text(_ count: Int) throws -> String {
        guard let text = String(validating: try take(count), as: UTF8.self) else {
            throw PythonFileFlaw("a text in it is not UTF-8")
        }
        return text
    }

    /// The text up to the next line feed, which is taken too.
    mutating func line(atMost limit: Int) throws -> String {
        var reader = self
        var count = 0
        while try reader.number(UInt8.self) != UInt8(ascii: "\n") {
            count += 1
            guard count <= limit else { throw PythonFileFlaw("a line in it has no end") }
        }
        defer { position += 1 }
        return try text(count)
    }
}
