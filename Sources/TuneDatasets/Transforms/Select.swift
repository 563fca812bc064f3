import TuneBase

extension Dataset {
    /// The rows at `indices`, in that order, without copying them.
    ///
    /// - Throws: `TuneError` when there is no such row.
    public func select(_ indices: some Sequence<Int>) throws -> Dataset {
        let indices = Array(indices)
        for index in indices where index < -count || index >= count {
            throw TuneError(
                .badData, "Index \(index) out of range for dataset of size \(count).",
                remedy: "Rows are numbered from 0, or from the end with -1.")
        }
        let chosen = RowSelection.compact(indices.map { $0 < 0 ? $0 + count : $0 })
        var identity = Fingerprint(indices.map(String.init))
        if case .range(let range) = chosen { identity = Fingerprint(["\(range)"]) }
        return replacing(
            selection.selecting(chosen), self.identity.after("select", identity.description))
    }

    /// The first `count` rows, or all where there are fewer.
    public func take(_ count: Int) throws -> Dataset {
        try checkCount(count, of: "take")
        return replacing(
            selection.selecting(.range(0..<min(count, self.count))),
            identity.after("take", "\(count)"))
    }

    /// The rows after the first `count`.
    public func skip(_ count: Int) throws -> Dataset {
        try checkCount(count, of: "skip")
        return replacing(
            selection.selecting(.range(min(count, self.count)..<self.count)),
            identity.after("skip", "\(count)"))
    }

    private func checkCount(_ count: Int, of operation: String) throws {
        guard count >= 0 else {
            throw TuneError(
                .badData, "\(operation)(\(count)) needs a number of rows, which cannot be negative."
            )
        }
    }

    /// The rows in random order: `numpy.random.default_rng(seed).permutation`, as in Python.
    ///
    /// Without a seed the order differs at each call.
    public func shuffle(seed: UInt64? = nil) -> Dataset {
        let seed = seed ?? UInt64.random(in: .min ... .max)
        var generator = PCG64(seed: seed)
        return replacing(
            selection.selecting(.indices(generator.permutation(count))),
            identity.after("shuffle", "\(seed)"))
    }

    /// Part `index` of `shards` consecutive parts, of which the first ones are a row longer where
    /// the rows do not divide evenly.
    public func shard(shards: Int, index: Int) throws -> Dataset {
        guard shards > 0, (0..<shards).contains(index) else {
            throw TuneError(
                .badData, "There is no shard \(index) of \(shards).",
                remedy: "index should be in [0, num_shards-1].")
        }
        let (size, longer) = count.quotientAndRemainder(dividingBy: shards)
        let start = index * size + min(index, longer)
        let end = start + size + (index < longer ? 1 : 0)
        return replacing(
            selection.selecting(.range(start..<end)),
            identity.after("shard", "\(shards)", "\(index)"))
    }
}
