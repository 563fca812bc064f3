/// Turns a seed of any size into well-mixed words, as NumPy's `SeedSequence` does.
struct SeedSequence {
    private static let mixLeft: UInt32 = 0xca01_f9dd
    private static let mixRight: UInt32 = 0x4973_f715

    private var pool: [UInt32]

    init(seed: UInt64) {
        var hash: UInt32 = 0x43b0_d7e5
        func scrambled(_ word: UInt32) -> UInt32 {
            let mixed = word ^ hash
            hash = hash &* 0x931e_8875
            let product = mixed &* hash
            return product ^ product >> 16
        }
        let words = [
            UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32), 0, 0,
        ]
        pool = words.map(scrambled)
        for source in 0..<4 {
            for target in 0..<4 where target != source {
                pool[target] = Self.mix(pool[target], scrambled(pool[source]))
            }
        }
    }

    private static func mix(_ x: UInt32, _ y: UInt32) -> UInt32 {
        let mixed = mixLeft &* x &- mixRight &* y
        return mixed ^ mixed >> 16
    }

    /// The first `count` words of 64 bits.
    func words(_ count: Int) -> [UInt64] {
        var hash: UInt32 = 0x8b51_f9dd
        let halves = (0..<2 * count).map { index in
            var word = pool[index % 4] ^ hash
            hash = hash &* 0x58f3_8ded
            word = word &* hash
            return UInt64(word ^ word >> 16)
        }
        return (0..<count).map { halves[2 * $0] | halves[2 * $0 + 1] << 32 }
    }
}
