import CTuneTorch

// Without a generator, operations draw from the default one of the tensor's device.

extension Tensor {
    /// The numbers from 0 up to, not including, `n` in random order, on the CPU.
    public static func randperm(_ n: Int, generator: Generator? = nil) -> Tensor {
        make("randperm") { tt_randperm(Int64(n), generator?.raw, $0) }
    }

    /// Numbers drawn evenly from `[0, 1)`.
    public static func rand(
        _ shape: [Int], dtype: DType = .float32, device: Device = .cpu, generator: Generator? = nil
    ) -> Tensor {
        empty(shape, dtype: dtype, device: device).uniform_(generator: generator)
    }

    /// Numbers drawn from the normal distribution with mean 0 and deviation 1.
    public static func randn(
        _ shape: [Int], dtype: DType = .float32, device: Device = .cpu, generator: Generator? = nil
    ) -> Tensor {
        empty(shape, dtype: dtype, device: device).normal_(generator: generator)
    }

    /// Sets the elements to draws from a normal distribution.
    @discardableResult
    public func normal_(
        mean: Double = 0, std: Double = 1, generator: Generator? = nil
    ) -> Tensor {
        change("normal_", tt_normal_(raw, mean, std, generator?.raw))
    }

    /// Sets the elements to even draws from `[from, to)`.
    @discardableResult
    public func uniform_(
        from lowest: Double = 0, to highest: Double = 1, generator: Generator? = nil
    ) -> Tensor {
        change("uniform_", tt_uniform_(raw, lowest, highest, generator?.raw))
    }

    /// Sets each element to 1 with probability `p`, else to 0.
    @discardableResult
    public func bernoulli_(p: Double = 0.5, generator: Generator? = nil) -> Tensor {
        change("bernoulli_", tt_bernoulli_(raw, p, generator?.raw))
    }

    /// Sets the elements of an integer tensor to even draws, for `int64` from 0 to 2⁶³ - 1.
    @discardableResult
    public func random_(generator: Generator? = nil) -> Tensor {
        change("random_", tt_random_(raw, generator?.raw))
    }
}
