/// NumPy's default random generator: `numpy.random.default_rng(seed)`.
struct PCG64 {
    private static let multiplier = UInt128(
        _low: 0x4385_DF64_9FCC_F645, _high: 0x2360_ED05_1FC6_5DA4)

    private var state: UInt128 = 0
    private let increment: UInt128
    private var spare: UInt32?

    init(seed: UInt64) {
        let words = SeedSequence(seed: seed).words(4)
        increment = UInt128(_low: words[3], _high: words[2]) << 1 | 1
        advance()
        state = state &+ UInt128(_low: words[1], _high: words[0])
        advance()
    }

    private mutating func advance() {
        state = state &* Self.multiplier &+ increment
    }

    /// The next 64 random bits.
    mutating func next64() -> UInt64 {
        advance()
        let high = UInt64(truncatingIfNeeded: state >> 64)
        let value = high ^ UInt64(truncatingIfNeeded: state)
        let rotation = high >> 58
        return value >> rotation | value << ((64 &- rotation) & 63)
    }

    /// The next 32 random bits: the low half of a word, then its high half.
    mutating func next32() -> UInt32 {
        if let half = spare {
            spare = nil
            return half
        }
        let word = next64()
        spare = UInt32(truncatingIfNeeded: word >> 32)
        return UInt32(truncatingIfNeeded: word)
    }

    /// A uniform integer in `0...limit`: random bits until they are within the limit.
    private mutating func uniform(through limit: UInt64) -> UInt64 {
        let mask = UInt64.max >> limit.leadingZeroBitCount
        while true {
            let value = limit <= UInt32.max ? UInt64(next32()) & mask : next64() & mask
            if value <= limit { return value }
        }
    }

    /// The numbers `0..<count` in random order, as `Generator.permutation` gives them.
    mutating func permutation(_ count: Int) -> [Int] {
        var order = Array(0..<count)
        for position in stride(from: count - 1, to: 0, by: -1) {
            order.swapAt(position, Int(uniform(through: UInt64(position))))
        }
        return order
    }
}
