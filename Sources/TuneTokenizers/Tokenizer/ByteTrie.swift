/// A map from byte strings to numbers that finds the longest prefix in one walk.
///
/// The edges lie in one hash table keyed by node and byte, so that building takes one insertion
/// per byte and a step one look-up.
package struct ByteTrie: Sendable {
    /// The node of the empty string.
    static let root: UInt32 = 0
    private static let nothing: Int32 = -1
    private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Key in the upper half, child in the lower; 0 is a free slot, since no child is the root.
    private var slots: [UInt64]
    private var shift: UInt64
    private var used = 0
    private var values: [Int32]

    /// Creates an empty trie.
    package init() {
        slots = Array(repeating: 0, count: 64)
        shift = 58
        values = [Self.nothing]
    }

    /// The numbers of nodes that `keys` bytes can need without exceeding the table's key width.
    static let maximumNodes = 1 << 24

    /// Sets the value of a key; returns the one it had.
    ///
    /// - Returns: The earlier value, nil for a new key.
    @discardableResult
    package mutating func insert(_ key: some Sequence<UInt8>, _ value: Int32) -> Int32? {
        var node = Self.root
        for byte in key {
            if let child = child(of: node, byte) {
                node = child
            } else {
                node = addChild(to: node, byte)
            }
        }
        let earlier = values[Int(node)]
        values[Int(node)] = value
        return earlier == Self.nothing ? nil : earlier
    }

    /// The value of a key.
    package subscript(key: some Sequence<UInt8>) -> Int32? {
        guard let node = node(of: key), values[Int(node)] != Self.nothing else { return nil }
        return values[Int(node)]
    }

    /// The node that a byte string leads to.
    func node(of key: some Sequence<UInt8>) -> UInt32? {
        var node = Self.root
        for byte in key {
            guard let child = child(of: node, byte) else { return nil }
            node = child
        }
        return node
    }

    /// Gives `body` direct access for many look-ups.
    @inline(__always)
    func withLookup<Result>(_ body: (Lookup) -> Result) -> Result {
        slots.withUnsafeBufferPointer { slots in
            values.withUnsafeBufferPointer { values in
                body(Lookup(slots: slots, values: values, shift: shift))
            }
        }
    }

    /// The nodes in use.
    var nodeCount: Int { values.count }

    private func child(of node: UInt32, _ byte: UInt8) -> UInt32? {
        withLookup { $0.child(of: node, byte) }
    }

    private mutating func addChild(to node: UInt32, _ byte: UInt8) -> UInt32 {
        if (used + 1) * 2 > slots.count { grow() }
        let child = UInt32(values.count)
        values.append(Self.nothing)
        store(UInt64(node << 8 | UInt32(byte)) << 32 | UInt64(child))
        used += 1
        return child
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: 0, count: old.count * 2)
        shift -= 1
        for slot in old where slot != 0 { store(slot) }
    }

    private mutating func store(_ slot: UInt64) {
        var index = Int(((slot >> 32) &* Self.multiplier) >> shift)
        while slots[index] != 0 { index = (index + 1) & (slots.count - 1) }
        slots[index] = slot
    }

    /// Pointers into a trie, valid during `withLookup`.
    struct Lookup {
        fileprivate let slots: UnsafeBufferPointer<UInt64>
        fileprivate let values: UnsafeBufferPointer<Int32>
        fileprivate let shift: UInt64

        /// The node that `byte` leads to.
        @inline(__always)
        func child(of node: UInt32, _ byte: UInt8) -> UInt32? {
            let key = UInt64(node << 8 | UInt32(byte))
            var index = Int((key &* ByteTrie.multiplier) >> shift)
            while true {
                let slot = slots[index]
                if slot == 0 { return nil }
                if slot >> 32 == key { return UInt32(truncatingIfNeeded: slot) }
                index = (index + 1) & (slots.count - 1)
            }
        }

        /// The longest key that follows `node` and is a prefix of the bytes from `start` to `end`.
        @inline(__always)
        func longestMatch(
            from node: UInt32, _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
        ) -> (value: Int32, end: Int)? {
            var node = node
            var index = start
            var best: (value: Int32, end: Int)?
            while index < end, let child = child(of: node, bytes[index]) {
                node = child
                index += 1
                let value = values[Int(node)]
                if value != ByteTrie.nothing { best = (value, index) }
            }
            return best
        }
    }
}
