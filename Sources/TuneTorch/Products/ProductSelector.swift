import Foundation
import Synchronization
import TuneBase

/// Chooses who computes products of which nothing is known yet, when they are first computed.
package final class ProductSelector: Sendable {
    /// Measures a product for about so many seconds.
    package typealias Measure =
        @Sendable (MatrixProduct, _ budget: Double) throws ->
        [MatrixProduct.Path: MatrixProduct.Time]

    /// The work of one run: products of more rows have about the same rate.
    private static let operations = 1e9
    private static let secondsPerProduct = 0.02

    private struct State {
        var choices: [ProductKey: ProductChoice]
        /// Seconds left for measuring.
        ///
        /// Each kind has its own, so that its other products can be guessed from one.
        var budgets: [MatrixProduct.Kind: Double]
    }

    private let store: ProductStore
    private let measure: Measure
    private let state: Mutex<State>

    /// - Parameters:
    ///   - store: Where choices are published, which is writable.
    ///   - choices: What is there.
    ///   - budget: How long this process measures products of one kind, in seconds.
    ///   - measure: What takes the time of a product.
    package init(
        _ store: ProductStore, _ choices: [ProductKey: ProductChoice], budget: Double = 0.2,
        measure: @escaping Measure = { try $0.times(budget: $1) }
    ) {
        (self.store, self.measure) = (store, measure)
        let budgets = MatrixProduct.Kind.allCases.map { ($0, budget) }
        state = Mutex(
            State(choices: choices, budgets: Dictionary(uniqueKeysWithValues: budgets)))
    }

    /// Makes sure that there is a choice for a product, and hands all choices to `install`.
    ///
    /// Another process may have chosen before: its choice holds. Where there is no time to measure, the
    /// choice is that of the product most like it, and where nothing can be published the usual path.
    package func resolve(
        _ key: ProductKey, install: ([ProductKey: ProductChoice]) -> Void
    ) {
        state.withLock { state in
            if state.choices[key] == nil {
                let usual = ProductChoice(path: key.product(rows: key.bucket).usualPath)
                let choice =
                    measured(key, usual.path, &state.budgets[key.kind, default: 0])
                    ?? ProductChoice(path: guess(key, state.choices) ?? usual.path)
                let published = try? store.publish([key: choice])
                state.choices[key] = published?[key] ?? usual
            }
            install(state.choices)
        }
    }

    private func measured(
        _ key: ProductKey, _ usual: MatrixProduct.Path, _ budget: inout Double
    ) -> ProductChoice? {
        guard budget > 0 else { return nil }
        let start = ContinuousClock.now
        let times = try? measure(
            key.example(operations: Self.operations), Self.secondsPerProduct)
        budget -= (ContinuousClock.now - start) / .seconds(1)
        return times.map { ProductChoice($0, usual: usual) }
    }

    /// The path of the measured product of the same kind whose size is nearest.
    private func guess(
        _ key: ProductKey, _ choices: [ProductKey: ProductChoice]
    ) -> MatrixProduct.Path? {
        func size(_ key: ProductKey) -> Double { key.product(rows: key.bucket).operations }
        func distance(_ other: ProductKey) -> (Double, Int, Int) {
            (abs(log2(size(other) / size(key))), other.inputs, other.outputs)
        }
        let product = key.product(rows: key.bucket)
        return choices.filter { other, choice in
            !choice.seconds.isEmpty && other.kind == key.kind && other.threads == key.threads
                && other.isBFloat16 == key.isBFloat16 && product.has(choice.path)
        }.min { distance($0.key) < distance($1.key) }?.value.path
    }
}
