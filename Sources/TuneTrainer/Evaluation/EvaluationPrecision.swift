package import TuneNN
package import TuneTorch

extension Module {
    /// Runs `body` with all floating-point parameters in another type.
    ///
    /// Afterwards they are what they were, bit for bit, where Python leaves the model in the lower
    /// precision. Both copies are in memory meanwhile.
    package func withParameters<Result>(
        in dtype: DType?, _ body: () throws -> Result
    ) rethrows -> Result {
        guard let dtype else { return try body() }
        let exact = parameters().filter(\.dtype.isFloatingPoint).map { ($0, $0.detached()) }
        defer { for (parameter, values) in exact { parameter.setData(values) } }
        for (parameter, values) in exact { parameter.setData(values.to(dtype)) }
        return try body()
    }
}
