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
        /// Seconds used for measuring.
        var used: [Family: Double] = [:]
    }

    /// Products that can be guessed from one another, and so have a budget of their own.
    private struct Family: Hashable {
        let kind: MatrixProduct.Kind
        let isBFloat16: Bool
        let threads: Int

        init(_ key: ProductKey) {
            (kind, isBFloat16, threads) = (key.kind, key.isBFloat16, key.threads)
        }
    }

    private let store: ProductStore
    private let measure: Measure
    private let budget: Double
    private let state: Mutex<State>

    /// - Parameters:
    ///   - store: Where choices are published, which is writable.
    ///   - choices: What is there.
    ///   - budget: When this process no longer begins to measure products of one kind, precision
    ///     and number of threads, in seconds of measuring.
    ///   - measure: What takes the time of a product.
    package init(
        _ store: ProductStore, _ choices: [ProductKey: ProductChoice], budget: Double = 0.2,
        measure: @escaping Measure = { try $0.times(budget: $1) }
    ) {
        (self.store, self.measure, self.budget) = (store, measure, budget)
        state = Mutex(State(choices: choices))
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
                    measured(key, usual.path, &state.used[Family(key), default: 0])
                    ?? ProductChoice(path: guess(key, state.choices) ?? usual.path)
                let published = try? store.publish([key: choice])
                state.choices[key] = published?[key] ?? usual
            }
            install(state.choices)
        }
    }

    private func measured(
        _ key: ProductKey, _ usual: MatrixProduct.Path, _ used: inout Double
    ) -> ProductChoice? {
        guard used < budget else { return nil }
        let start = ContinuousClock.now
        let times = try? measure(
            key.example(operations: Self.operations), Self.secondsPerProduct)
        used += (ContinuousClock.now - start) / .seconds(1)
        return times.map { ProductChoice($0, usual: usual) }
    }

    /// The path of the measured product of the same family whose size is nearest.
    private func guess(
        _ key: ProductKey, _ choices: [ProductKey: ProductChoice]
    ) -> MatrixProduct.Path? {
        func size(_ key: ProductKey) -> Double { key.product(rows: key.bucket).operations }
        func distance(_ other: ProductKey) -> (Double, Int, Int) {
            (abs(log2(size(other) / size(key))), other.inputs, other.outputs)
        }
        let product = key.product(rows: key.bucket)
        return choices.filter { other, choice in
            !choice.seconds.isEmpty && Family(other) == Family(key) && product.has(choice.path)
        }.min { distance($0.key) < distance($1.key) }?.value.path
    }
}
