import FineTuneKit
import Foundation

/// How far numbers of a training may be from Python's, and how far they were.
struct Closeness {
    /// What an absolute difference of losses, scores and the like must stay below.
    ///
    /// On the processor that made the goldens there is none in the mode `reference`; others round
    /// in another order.
    let limit: Double
    /// The largest differences by kind, as shares of what is allowed.
    private(set) var worst: [Kind: Double] = [:]

    enum Kind: String, CaseIterable {
        /// Losses: absolute.
        case loss
        /// Scores of single rows and their means: absolute, three times the limit.
        case score
        /// Norms of gradients: relative, five times the limit.
        case gradientNorm = "gradient norm"
        /// Shares of correct rows: absolute, one row of the smaller evaluation set.
        case share
        /// Learning rates, epochs, counts: relative, 1e-12.
        case exact
    }

    init(isHalfPrecision: Bool) { limit = isHalfPrecision ? 2e-2 : 2e-3 }

    /// Notes a difference.
    ///
    /// - Returns: Whether it is allowed.
    mutating func allows(_ value: Double?, _ expected: Double?, _ key: String) -> Bool {
        guard let value, let expected else { return false }
        let kind = Self.kind(of: key)
        let difference = abs(value - expected) / (isRelative(kind) ? max(abs(expected), 1e-12) : 1)
        worst[kind] = max(worst[kind] ?? 0, difference)
        return difference <= tolerance(kind)
    }

    /// What a difference of a kind must not exceed.
    func tolerance(_ kind: Kind) -> Double {
        switch kind {
        case .loss: limit
        case .score: 3 * limit
        case .gradientNorm: 5 * limit
        case .share: 1 / 11
        case .exact: 1e-12
        }
    }

    private func isRelative(_ kind: Kind) -> Bool { kind == .gradientNorm || kind == .exact }

    private static func kind(of key: String) -> Kind {
        switch key {
        case "grad_norm": .gradientNorm
        case _ where key.hasSuffix("accuracy"): .share
        case "score": .score
        case _ where key.hasSuffix("loss"): .loss
        default: .exact
        }
    }
}
