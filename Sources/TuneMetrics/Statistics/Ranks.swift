/// The rank of each number, from 1; equal numbers share the mean of their ranks.
///
/// - Parameter values: Numbers without NaN.
/// - Returns: The ranks, in the order of the numbers.
func averageRanks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = Array(repeating: 0.0, count: values.count)
    var start = 0
    while start < order.count {
        var end = start + 1
        while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
        let shared = Double(start + 1 + end) / 2
        for position in start..<end { ranks[order[position]] = shared }
        start = end
    }
    return ranks
}
