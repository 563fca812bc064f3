import CTuneTorch

extension Tensor {
    /// The only element as a floating-point number; waits for the device.
    public func item() -> Double {
        var value = Double.nan
        expect("item", tt_item_double(raw, &value), [self])
        return value
    }

    /// The only element as an integer; waits for the device.
    public func itemInt() -> Int {
        var value: Int64 = 0
        expect("itemInt", tt_item_int(raw, &value), [self])
        return Int(value)
    }

    /// The elements in row-major order, converted to 32-bit floating point.
    public func floats() -> [Float] { elements("floats", .float32) }

    /// The elements in row-major order, converted to 64-bit floating point.
    public func doubles() -> [Double] { elements("doubles", .float64) }

    /// The elements in row-major order, converted to integers.
    public func ints() -> [Int] { elements("ints", .int64) }

    /// The elements in row-major order as truth values: whether each is not zero.
    public func bools() -> [Bool] {
        // Read as numbers: files may hold other bytes than 0 and 1.
        let bytes: [UInt8] = to(.bool).elements("bools", .uint8)
        return bytes.count == count
            ? bytes.map { $0 != 0 } : Array(repeating: false, count: count)
    }

    /// Gives `body` the bytes of the elements in row-major order.
    ///
    /// The memory is the tensor's own when it is contiguous and on the CPU, a copy otherwise.
    public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        let host = detached().to(.cpu).contiguous()
        return try withExtendedLifetime(host) {
            try body(UnsafeRawBufferPointer(host.memory("withUnsafeBytes")))
        }
    }

    /// Gives `body` the memory of a contiguous CPU tensor, to be written in row-major order.
    public func withUnsafeMutableBytes<R>(
        _ body: (UnsafeMutableRawBufferPointer) throws -> R
    ) rethrows -> R {
        defer { tt_mark_changed(raw) }
        return try body(memory("withUnsafeMutableBytes"))
    }

    private func memory(_ operation: StaticString) -> UnsafeMutableRawBufferPointer {
        var start: UnsafeMutableRawPointer?
        var count = 0
        expect(operation, tt_bytes(raw, &start, &count), [self])
        return UnsafeMutableRawBufferPointer(start: start, count: start == nil ? 0 : count)
    }

    /// The elements; zeros, as many, when they cannot be read, so that code between the failure and
    /// its catching finds what it counts on.
    private func elements<Element: Numeric>(_ operation: StaticString, _ dtype: DType) -> [Element]
    {
        let count = count
        return Array(unsafeUninitializedCapacity: count) { buffer, initialized in
            guard let start = buffer.baseAddress, count > 0 else { return }
            let status = tt_read(raw, dtype.rawValue, start, count * MemoryLayout<Element>.stride)
            expect(operation, status, [self])
            if status != TT_OK { buffer.initialize(repeating: 0) }
            initialized = count
        }
    }
}
