/// The entry of `candidates` that `name` was probably meant to be, or nil when none is close.
///
/// Distance is Damerau–Levenshtein (restricted) over scalars, ignoring case and the difference
/// between `-` and `_`; a candidate counts as close within a third of the longer length.
public func nearestName(to name: String, in candidates: some Sequence<String>) -> String? {
    func scalars(_ text: String) -> [Unicode.Scalar] {
        Array(text.lowercased().unicodeScalars.map { $0 == "-" ? "_" : $0 })
    }
    let wanted = scalars(name)
    let ranked = candidates.map { (name: $0, distance: editDistance(wanted, scalars($0))) }
    guard let best = ranked.min(by: { ($0.distance, $0.name) < ($1.distance, $1.name) }) else {
        return nil
    }
    let longest = max(wanted.count, best.name.unicodeScalars.count)
    return best.distance <= max(1, longest / 3) ? best.name : nil
}

/// A remedy that suggests the nearest name and lists what exists.
public func suggestion(for name: String, among known: [String]) -> String {
    let list = "Known: \(known.joined(separator: ", "))."
    guard let nearest = nearestName(to: name, in: known) else { return list }
    return "Did you mean '\(nearest)'? \(list)"
}

private func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
        var row = [i + 1] + Array(repeating: 0, count: b.count)
        for j in b.indices {
            let substitution = last[j] + (a[i] == b[j] ? 0 : 1)
            row[j + 1] = min(last[j + 1] + 1, row[j] + 1, substitution)
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1)
            }
        }
        (beforeLast, last) = (last, row)
    }
    return last[b.count]
}
