/// The sum of numbers, halving the series so that rounding errors grow with its logarithm only.
func pairwiseSum<Value: BinaryFloatingPoint>(_ values: [Value]) -> Value {
    pairwiseSum(values[...])
}

private func pairwiseSum<Value: BinaryFloatingPoint>(_ values: ArraySlice<Value>) -> Value {
    // Halving further costs more than it gains; the reference stops at this length too.
    guard values.count > 128 else { return values.reduce(0, +) }
    let middle = values.startIndex + values.count / 2
    return pairwiseSum(values[..<middle]) + pairwiseSum(values[middle...])
}

/// The distances of numbers from their mean.
func centered(_ values: [Double]) -> [Double] {
    let mean = pairwiseSum(values) / Double(values.count)
    return values.map { $0 - mean }
}
