/// What can happen to a run.
enum Scenario: String, CaseIterable {
    case kills, corruptions, signals, deadlines, disks, numbers, memory, resumptions

    /// How often `make test` lets it happen; rounds over all files for corruptions, over all steps
    /// and configurations for resumptions.
    var usualCount: Int {
        switch self {
        case .kills: 200
        case .corruptions, .resumptions: 1
        case .deadlines: 3
        case .memory: 300
        case .signals, .disks, .numbers: 50
        }
    }

    /// Lets it happen.
    func run(_ count: Int) throws -> Tally {
        switch self {
        case .kills: try Kills()(count)
        case .corruptions: try Corruptions()(rounds: count)
        case .signals: try Signals()(count)
        case .deadlines: try Deadlines()(count)
        case .disks: try FullDisks()(count)
        case .numbers: try NonFiniteNumbers()(count)
        case .memory: try MemoryFaults()(count)
        case .resumptions: try Resumptions()(rounds: count)
        }
    }
}
