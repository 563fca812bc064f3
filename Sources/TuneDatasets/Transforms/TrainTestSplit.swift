import TuneBase

/// How large a part of a dataset is: a number of rows, or a fraction of them.
public enum SplitSize: Sendable, Hashable {
    case rows(Int)
    case fraction(Double)

    fileprivate var fraction: Double? { if case .fraction(let value) = self { value } else { nil } }

    fileprivate func isPossible(of count: Int) -> Bool {
        switch self {
        case .rows(let rows): rows > 0 && rows < count
        case .fraction(let fraction): fraction > 0 && fraction < 1
        }
    }
}

extension SplitSize: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    CustomStringConvertible
{
    /// Creates a number of rows.
    public init(integerLiteral value: Int) { self = .rows(value) }
    /// Creates a fraction.
    public init(floatLiteral value: Double) { self = .fraction(value) }
    /// The number as Python prints it.
    public var description: String {
        switch self {
        case .rows(let rows): String(rows)
        case .fraction(let fraction): pythonRepr(fraction)
        }
    }
}

extension Dataset {
    /// The rows in two parts called `train` and `test`; with a seed the parts are Python's.
    ///
    /// - Parameters:
    ///   - testSize: Rows or fraction of the test part; a quarter where no size is given.
    ///   - trainSize: Rows or fraction of the training part; the rest where it is not given.
    ///   - shuffle: Whether rows are drawn at random, or the last ones become the test part.
    ///   - seed: Makes the draw repeatable.
    /// - Returns: The two parts, not copied.
    /// - Throws: `TuneError` when the sizes do not fit or nothing would be left for training.
    public func trainTestSplit(
        testSize: SplitSize? = nil, trainSize: SplitSize? = nil, shuffle: Bool = true,
        seed: UInt64? = nil
    ) throws -> DatasetDict {
        guard count > 0 else { return ["train": self, "test": self] }
        let (train, test) = try sizes(testSize, trainSize)
        let step = identity.after(
            "train_test_split", "\(train)", "\(test)", "\(shuffle)", "\(seed ?? 0)")
        func part(_ name: String, _ rows: RowSelection) -> Dataset {
            replacing(selection.selecting(rows), step.after(name))
        }
        guard shuffle else {
            return [
                "train": part("train", .range(0..<train)),
                "test": part("test", .range(train..<train + test)),
            ]
        }
        var generator = PCG64(seed: seed ?? UInt64.random(in: .min ... .max))
        let order = generator.permutation(count)
        return [
            "train": part("train", .indices(Array(order[test..<test + train]))),
            "test": part("test", .indices(Array(order[..<test]))),
        ]
    }

    private func sizes(_ test: SplitSize?, _ train: SplitSize?) throws -> (train: Int, test: Int) {
        let requested = test
        let test = test ?? (train == nil ? .fraction(0.25) : nil)
        for (name, size) in [("test_size", test), ("train_size", train)] {
            guard let size, !size.isPossible(of: count) else { continue }
            throw TuneError(
                .badConfig,
                "\(name)=\(size) should be either positive and smaller than the number of samples \(count) or a float in the (0, 1) range."
            )
        }
        if let a = test?.fraction, let b = train?.fraction, a + b > 1 {
            throw TuneError(
                .badConfig,
                "The sum of test_size and train_size = \(pythonRepr(a + b)), should be in the (0, 1) range. Reduce test_size and/or train_size."
            )
        }
        var testCount = test.map { rows($0, .up) } ?? 0
        let trainCount = train.map { rows($0, .down) } ?? count - testCount
        if test == nil { testCount = count - trainCount }
        guard trainCount + testCount <= count else {
            throw TuneError(
                .badConfig,
                "The sum of train_size and test_size = \(trainCount + testCount), should be smaller than the number of samples \(count). Reduce test_size and/or train_size."
            )
        }
        guard trainCount > 0 else {
            throw TuneError(
                .badConfig,
                "With n_samples=\(count), test_size=\((requested ?? test)?.description ?? "None") and train_size=\(train?.description ?? "None"), the resulting train set will be empty. Adjust any of the aforementioned parameters."
            )
        }
        return (trainCount, testCount)
    }

    private func rows(_ size: SplitSize, _ rule: FloatingPointRoundingRule) -> Int {
        switch size {
        case .rows(let rows): rows
        case .fraction(let fraction): Int((fraction * Double(count)).rounded(rule))
        }
    }
}
