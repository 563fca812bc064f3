public import TuneTorch

/// The order in which rows are visited.
public protocol Sampler {
    /// The number of rows.
    var count: Int { get }

    /// The row numbers of one pass; asking may draw from a random generator.
    func order(epoch: Int) -> [Int]
}

/// Rows in the order of the dataset.
public struct SequentialSampler: Sampler, Sendable {
    /// The number of rows.
    public let count: Int

    /// Visits the rows 0 to `count` - 1.
    public init(_ count: Int) { self.count = count }

    /// 0, 1, 2 and so on.
    public func order(epoch: Int) -> [Int] { Array(0..<count) }
}

/// A new random order in each pass, as `torch.utils.data.RandomSampler`.
///
/// Without a generator of its own it seeds one by a single draw from the default generator.
public struct RandomSampler: Sampler {
    /// The number of rows.
    public let count: Int
    private let generator: Generator?

    /// Visits `count` rows in random order.
    public init(_ count: Int, generator: Generator? = nil) {
        self.count = count
        self.generator = generator
    }

    /// A permutation drawn now.
    public func order(epoch: Int) -> [Int] {
        Tensor.randperm(count, generator: generator ?? .seededByDefaultGenerator()).ints()
    }
}

/// A random order that depends only on a seed and the epoch, as Accelerate's sampler of that name.
///
/// Epoch `e` is the permutation of a generator seeded with `seed + e`, so that a resumed run sees
/// the same order, and drawing it leaves the default generator alone.
public struct SeedableRandomSampler: Sampler, Sendable {
    /// The number of rows.
    public let count: Int
    /// The seed of epoch 0.
    public let seed: Int

    /// Visits `count` rows in the order given by `seed` and the epoch.
    public init(_ count: Int, seed: Int) {
        self.count = count
        self.seed = seed
    }

    /// The permutation of an epoch.
    public func order(epoch: Int) -> [Int] {
        let generator = Generator()
        generator.seed(UInt64(bitPattern: Int64(seed &+ epoch)))
        return Tensor.randperm(count, generator: generator).ints()
    }
}

extension Generator {
    /// A generator seeded by one draw from the default generator.
    fileprivate static func seededByDefaultGenerator() -> Generator {
        let generator = Generator()
        generator.seed(UInt64(bitPattern: Int64(drawSeed())))
        return generator
    }
}

/// Draws one 64-bit integer from the default generator, as Python's loaders do.
func drawSeed() -> Int { Tensor.empty([], dtype: .int64).random_().itemInt() }
