/// The entries of a zip file as PyTorch writes it: stored, not compressed, one after the other.
///
/// Names are keys and never paths; nothing is unpacked.
struct ZipArchive {
    /// The bytes of an entry.
    struct Entry {
        /// Where they are in the file.
        let range: Range<Int>
        /// The checksum that they must have.
        let checksum: UInt32
    }

    private var entries: [String: Entry] = [:]

    /// The directory that all names begin with.
    let prefix: String

    /// Reads the list of entries and compares it with the headers before the entries.
    ///
    /// - Throws: ``PythonFileFlaw`` for everything that PyTorch does not write: compression,
    ///   encryption, overlaps, doubled names, names that lead elsewhere.
    init(_ file: UnsafeRawBufferPointer) throws {
        let directory = try ZipDirectory(file)
        let list = UnsafeRawBufferPointer(rebasing: file[..<directory.range.upperBound])
        var reader = ByteReader(list, at: directory.range.lowerBound)
        var records: [ZipRecord] = []
        for _ in 0..<directory.count { records.append(try ZipRecord(&reader)) }
        guard reader.remaining == 0 else {
            throw PythonFileFlaw("its list of entries is longer than its entries")
        }
        let contents = UnsafeRawBufferPointer(rebasing: file[..<directory.range.lowerBound])
        prefix = try Self.commonPrefix(records)
        var end = 0
        for record in records.sorted(by: { $0.start < $1.start }) {
            guard record.start >= end else {
                throw PythonFileFlaw("its entry '\(record.name)' overlaps another")
            }
            let entry = Entry(range: try record.range(in: contents), checksum: record.checksum)
            end = entry.range.upperBound
            guard entries.updateValue(entry, forKey: record.name) == nil else {
                throw PythonFileFlaw("it has two entries called '\(record.name)'")
            }
        }
    }

    /// The entry of a name after the prefix; nil when there is none.
    subscript(name: String) -> Entry? { entries[prefix + "/" + name] }

    private static func commonPrefix(_ records: [ZipRecord]) throws -> String {
        guard let first = records.first else { throw PythonFileFlaw("it is an empty zip file") }
        let prefix = String(first.name.prefix { $0 != "/" })
        for record in records where !record.name.hasPrefix(prefix + "/") {
            throw PythonFileFlaw("its entry '\(record.name)' is not in '\(prefix)'")
        }
        return prefix
    }
}

/// What the list says about one entry.
private struct ZipRecord {
    let name: String
    let checksum: UInt32
    /// Where the header before the bytes is.
    let start: Int
    private let flags: UInt16
    private let size: Int

    init(_ reader: inout ByteReader) throws {
        guard try reader.number(UInt32.self) == 0x0201_4B50 else {
            throw PythonFileFlaw("its list of entries is damaged")
        }
        _ = try reader.take(4)
        flags = try reader.number(UInt16.self)
        let method = try reader.number(UInt16.self)
        _ = try reader.take(4)
        checksum = try reader.number(UInt32.self)
        let short = (packed: try reader.size(UInt32.self), size: try reader.size(UInt32.self))
        let lengths = (try reader.size(UInt16.self), try reader.size(UInt16.self))
        let comment = try reader.size(UInt16.self)
        _ = try reader.take(8)
        let shortStart = try reader.size(UInt32.self)
        name = try checkedName(reader.text(lengths.0))
        let extra = try reader.take(lengths.1)
        _ = try reader.take(comment)
        try checkForm(name, flags, method)
        var long = try LongSizes(extra)
        size = try long.replacing(short.size)
        let packed = try long.replacing(short.packed)
        start = try long.replacing(shortStart)
        guard packed == size else {
            throw PythonFileFlaw("its entry '\(name)' has two different sizes")
        }
    }

    /// Where the bytes of the entry are in `file`, the part before the list of entries.
    func range(in file: UnsafeRawBufferPointer) throws -> Range<Int> {
        var reader = ByteReader(file, at: start)
        guard start <= file.count, try reader.number(UInt32.self) == 0x0403_4B50 else {
            throw PythonFileFlaw("its entry '\(name)' is not where the list says")
        }
        _ = try reader.take(2)
        let (flags, method) = (try reader.number(UInt16.self), try reader.number(UInt16.self))
        _ = try reader.take(16)
        let (nameLength, extra) = (try reader.size(UInt16.self), try reader.size(UInt16.self))
        guard flags == self.flags, method == 0, try reader.text(nameLength) == name else {
            throw PythonFileFlaw("the header of its entry '\(name)' contradicts the list")
        }
        _ = try reader.take(extra)
        let begin = reader.position
        _ = try reader.take(size)
        return begin..<reader.position
    }
}

/// The sizes of 64 bits of an entry, which stand for those that do not fit into 32.
private struct LongSizes {
    private var reader: ByteReader?

    init(_ extra: UnsafeRawBufferPointer) throws {
        var fields = ByteReader(extra)
        while fields.remaining >= 4 {
            let (kind, length) = (try fields.number(UInt16.self), try fields.size(UInt16.self))
            let content = try fields.take(length)
            if kind == 1, reader == nil { reader = ByteReader(content) }
        }
    }

    mutating func replacing(_ short: Int) throws -> Int {
        guard short == UInt32.max else { return short }
        guard let size = try reader?.size(UInt64.self) else {
            throw PythonFileFlaw("an entry has no size")
        }
        return size
    }
}

private func checkForm(_ name: String, _ flags: UInt16, _ method: UInt16) throws {
    guard method == 0 else {
        throw PythonFileFlaw("its entry '\(name)' is compressed (method \(method))")
    }
    // A size after the bytes, and names in UTF-8.
    guard flags & ~0x0808 == 0 else {
        throw PythonFileFlaw("its entry '\(name)' is encrypted or of an unknown form")
    }
}

/// A name that leads nowhere else, even if it were taken for a path.
private func checkedName(_ name: String) throws -> String {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let isHarmless = parts.allSatisfy { !["", ".", ".."].contains($0) }
    let isPlain = name.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 && $0 != "\\" }
    guard isHarmless, isPlain, name.utf8.count <= 255 else {
        throw PythonFileFlaw("an entry has the name \(name.debugDescription)")
    }
    return name
}
