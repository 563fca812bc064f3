/// What a scenario did and saw.
struct Tally {
    /// The scenario, for a reader.
    let scenario: String
    /// The counts, in the order of the report.
    private(set) var counts: [(name: String, count: Int)] = []
    /// What went wrong; nothing may.
    private(set) var failures: [String] = []

    init(_ scenario: String) { self.scenario = scenario }

    /// The count of a name.
    subscript(name: String) -> Int {
        get { counts.first { $0.name == name }?.count ?? 0 }
        set {
            if let index = counts.firstIndex(where: { $0.name == name }) {
                counts[index].count = newValue
            } else {
                counts.append((name, newValue))
            }
        }
    }

    /// Notes a failure unless a condition holds.
    @discardableResult
    mutating func expect(_ condition: Bool, _ failure: @autoclosure () -> String) -> Bool {
        if !condition { failures.append(failure()) }
        return condition
    }

    /// Adds the counts and failures of another part of the scenario.
    mutating func add(_ other: Tally) {
        for (name, count) in other.counts { self[name] += count }
        failures += other.failures
    }

    /// A row of a Markdown table.
    var row: String {
        let shown = counts.map { "\($0.count) \($0.name)" }.joined(separator: ", ")
        return "| \(scenario) | \(shown) | \(failures.count) |"
    }
}
