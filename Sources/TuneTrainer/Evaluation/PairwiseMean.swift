/// The mean in float32, summed in the order in which NumPy sums, so that the last digit agrees.
package func pairwiseMean(_ values: [Float]) -> Float {
    pairwiseSum(values[...]) / Float(values.count)
}

/// Sums halves of a long array each by itself, and a short one in eight interleaved parts.
private func pairwiseSum(_ values: ArraySlice<Float>) -> Float {
    let count = values.count
    let start = values.startIndex
    guard count >= 8 else { return values.reduce(0, +) }
    guard count <= 128 else {
        let middle = start + count / 2 - count / 2 % 8
        return pairwiseSum(values[..<middle]) + pairwiseSum(values[middle...])
    }
    var parts = Array(values[start..<start + 8])
    let end = start + count - count % 8
    for position in stride(from: start + 8, to: end, by: 8) {
        for part in 0..<8 { parts[part] += values[position + part] }
    }
    let sum =
        ((parts[0] + parts[1]) + (parts[2] + parts[3]))
        + ((parts[4] + parts[5]) + (parts[6] + parts[7]))
    return values[end...].reduce(sum, +)
}
