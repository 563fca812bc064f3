/// Rows of similar length together, the longest first, for forward passes of about equal work.
///
/// - Parameters:
///   - lengths: The tokens of each row.
///   - tokens: The most tokens of a group, padding included.
///   - leastRows: How many rows a group may have whatever they are long.
///   - leastWidth: The length to which every row is padded at least.
/// - Returns: Groups of row numbers; every row is in one of them.
package func lengthGroups(
    _ lengths: [Int], tokens: Int, leastRows: Int, leastWidth: Int = 0
) -> [[Int]] {
    let order = lengths.indices.sorted { (-lengths[$0], $0) < (-lengths[$1], $1) }
    var groups: [[Int]] = []
    var width = 0
    for row in order {
        let size = groups.last?.count ?? 0
        if size == 0 || size >= leastRows && (size + 1) * width > tokens {
            groups.append([row])
            width = max(lengths[row], leastWidth)
        } else {
            groups[groups.count - 1].append(row)
        }
    }
    return groups
}
