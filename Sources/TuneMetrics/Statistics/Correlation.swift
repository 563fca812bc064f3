import TuneBase

/// The linear correlation of two series, computed in the precision of their elements.
///
/// Deviations are scaled by their largest before they are squared, so that large values do not
/// overflow.
///
/// - Parameters:
///   - x: One series of at least two numbers.
///   - y: The other, of the same length.
///   - context: Receives the warnings about constant input.
/// - Returns: -1 to 1, or NaN when a series is constant or holds a NaN.
/// - Throws: `TuneError` for fewer than two numbers.
func pearson<Value: BinaryFloatingPoint>(
    _ x: [Value], _ y: [Value], _ context: MetricContext
) throws -> Value {
    guard x.count >= 2 else {
        throw TuneError(
            .badData, "`x` and `y` must have length at least 2.",
            remedy: "A correlation needs two or more predictions.")
    }
    if warnIfConstant(x, y, context) { return .nan }
    let (a, b) = (Deviations(x), Deviations(y))
    if a.isNearlyConstant || b.isNearlyConstant {
        context.warn(
            "NearConstantInputWarning",
            "An input array is nearly constant; the computed correlation coefficient may be"
                + " inaccurate.")
    }
    let correlation = pairwiseSum(zip(a.unit, b.unit).map(*))
    guard !correlation.isNaN else { return .nan }
    let clipped = min(1, max(-1, correlation))
    return x.count == 2 ? clipped.rounded() : clipped
}

/// The correlation of the ranks of two series.
///
/// - Parameters:
///   - x: One series.
///   - y: The other, of the same length.
///   - context: Receives the warning about constant input.
/// - Returns: -1 to 1, or NaN for fewer than two numbers, a constant series or a NaN in one.
func spearman(_ x: [Double], _ y: [Double], _ context: MetricContext) -> Double {
    guard x.count >= 2, !warnIfConstant(x, y, context) else { return .nan }
    guard !x.contains(where: \.isNaN), !y.contains(where: \.isNaN) else { return .nan }
    let (a, b) = (centered(averageRanks(x)), centered(averageRanks(y)))
    func covariance(_ u: [Double], _ v: [Double]) -> Double {
        pairwiseSum(zip(u, v).map(*)) / Double(x.count - 1)
    }
    // Divided one after the other, as a correlation matrix is normalised by row, then by column.
    let correlation =
        covariance(a, b) / covariance(b, b).squareRoot() / covariance(a, a).squareRoot()
    return min(1, max(-1, correlation))
}

/// Warns when all numbers of a series are equal.
private func warnIfConstant<Value: BinaryFloatingPoint>(
    _ x: [Value], _ y: [Value], _ context: MetricContext
) -> Bool {
    func isConstant(_ series: [Value]) -> Bool { series.allSatisfy { $0 == series[0] } }
    guard isConstant(x) || isConstant(y) else { return false }
    context.warn(
        "ConstantInputWarning",
        "An input array is constant; the correlation coefficient is not defined.")
    return true
}

/// The distances of a series from its mean, as a vector of length 1.
private struct Deviations<Value: BinaryFloatingPoint> {
    let unit: [Value]
    let isNearlyConstant: Bool

    init(_ series: [Value]) {
        let mean = pairwiseSum(series) / Value(series.count)
        let deviations = series.map { $0 - mean }
        let largest = deviations.reduce(0) { max($0, $1.magnitude) }
        let norm =
            largest * pairwiseSum(deviations.map { ($0 / largest) * ($0 / largest) }).squareRoot()
        unit = deviations.map { $0 / norm }
        // The unit roundoff to the power of 3/4.
        let root = Value.ulpOfOne.squareRoot()
        isNearlyConstant = norm < root * root.squareRoot() * mean.magnitude
    }
}
