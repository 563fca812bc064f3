/// The end of a zip file, which tells where its list of entries is.
struct ZipDirectory {
    /// Where the list is.
    let range: Range<Int>
    /// How many entries it has.
    let count: Int

    /// Finds the list.
    ///
    /// - Throws: ``PythonFileFlaw`` when the end is not one that PyTorch writes: without comment,
    ///   on one volume, the list right before it.
    init(_ file: UnsafeRawBufferPointer) throws {
        let end = file.count - 22
        guard end >= 0 else { throw PythonFileFlaw("it is no zip file") }
        var reader = ByteReader(file, at: end)
        guard try reader.number(UInt32.self) == 0x0605_4B50 else {
            throw PythonFileFlaw(
                "it is no zip file, or was cut short; PyTorch before 1.6 wrote another format")
        }
        let volumes = (try reader.number(UInt16.self), try reader.number(UInt16.self))
        let counts = (try reader.size(UInt16.self), try reader.size(UInt16.self))
        let (size, start) = (try reader.size(UInt32.self), try reader.size(UInt32.self))
        guard volumes == (0, 0), counts.0 == counts.1, try reader.number(UInt16.self) == 0 else {
            throw PythonFileFlaw("its end has a form that PyTorch does not write")
        }
        if let long = try Self.long(file, before: end) {
            (range, count) = (long.range, long.count)
        } else {
            guard start <= end, size == end - start else { throw Self.misplaced }
            (range, count) = (start..<end, counts.0)
        }
        guard count <= maximumEntries, count * 46 <= range.count else {
            throw PythonFileFlaw("it claims \(count) entries in \(range.count) bytes")
        }
    }

    private init(_ range: Range<Int>, _ count: Int) { (self.range, self.count) = (range, count) }

    private static var misplaced: PythonFileFlaw {
        PythonFileFlaw("its list of entries is not where its end says")
    }

    /// The list as the 64-bit form of the end tells it; nil where the file has none.
    private static func long(
        _ file: UnsafeRawBufferPointer, before end: Int
    ) throws -> ZipDirectory? {
        let (locator, record) = (end - 20, end - 20 - 56)
        guard record >= 0 else { return nil }
        var place = ByteReader(file, at: locator)
        guard try place.number(UInt32.self) == 0x0706_4B50 else { return nil }
        _ = try place.number(UInt32.self)
        guard try place.size(UInt64.self) == record else { throw misplaced }
        var reader = ByteReader(file, at: record)
        guard try reader.number(UInt32.self) == 0x0606_4B50, try reader.size(UInt64.self) == 44
        else { throw misplaced }
        _ = try reader.take(12)
        let counts = (try reader.size(UInt64.self), try reader.size(UInt64.self))
        let (size, start) = (try reader.size(UInt64.self), try reader.size(UInt64.self))
        guard counts.0 == counts.1, start <= record, size == record - start else {
            throw misplaced
        }
        guard counts.0 <= maximumEntries else {
            throw PythonFileFlaw("it claims \(counts.0) entries")
        }
        return ZipDirectory(start..<record, counts.0)
    }
}

/// Far more than the tensors of any optimizer.
private let maximumEntries = 1_000_000
