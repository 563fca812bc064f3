import TuneTorch

extension Module {
    /// Draws PyTorch's default values for every layer in construction order.
    ///
    /// Hugging Face models overwrite these values, but the draws move the random generator, so a
    /// model built from a configuration equals Python's only if they happen.
    public func resetAllParameters() {
        withoutGradients {
            for (_, module) in namedModules() { module.resetParameters() }
        }
    }

    /// Fills all parameters, children before parents, as Hugging Face's `init_weights` does.
    ///
    /// - Parameters:
    ///   - range: The configuration's `initializer_range`.
    ///   - kept: Names of parameters that already hold their values; no draw happens for them.
    public func initializeAllWeights(range: Double, keeping kept: Set<String> = []) {
        let held = Set(
            namedParameters().filter { kept.contains($0.name) }.map(\.tensor.identity))
        withoutGradients {
            for (_, module) in namedModules() {
                module.initializeWeights(range: range) { held.contains($0.identity) }
            }
        }
    }
}
