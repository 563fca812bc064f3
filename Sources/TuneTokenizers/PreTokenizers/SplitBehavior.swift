/// What happens to the delimiters a text is split at.
package enum SplitBehavior: String, CaseIterable, Sendable {
    /// `the-end` becomes `the`, `end`.
    case removed = "Removed"
    /// `the-end` becomes `the`, `-`, `end`.
    case isolated = "Isolated"
    /// `the-end` becomes `the-`, `end`.
    case mergedWithPrevious = "MergedWithPrevious"
    /// `the-end` becomes `the`, `-end`.
    case mergedWithNext = "MergedWithNext"
    /// As isolated, but neighbouring delimiters stay together.
    case contiguous = "Contiguous"

    /// Reads the name used in `tokenizer.json`.
    init(_ name: String, source: String) throws {
        guard let behavior = SplitBehavior(rawValue: name) else {
            throw unsupported(
                "split behavior '\(name)'", in: source,
                supported: SplitBehavior.allCases.map(\.rawValue))
        }
        self = behavior
    }
}

/// Forms pieces from a row of scalars, each of which is a delimiter or not.
struct SplitCutter {
    private let behavior: SplitBehavior
    private var end: Int
    private var lastWasDelimiter = false
    private var lastIsOpen = false
    private(set) var pieces: [Span] = []

    /// Starts at byte `start`.
    init(_ behavior: SplitBehavior, at start: Int) {
        self.behavior = behavior
        end = start
    }

    /// Adds the scalar that reaches up to byte `newEnd`.
    mutating func add(until newEnd: Int, isDelimiter: Bool) {
        let joins: Bool =
            switch behavior {
            case .removed, .isolated: !isDelimiter && !lastWasDelimiter
            case .contiguous: isDelimiter == lastWasDelimiter
            case .mergedWithPrevious: !lastWasDelimiter
            case .mergedWithNext: !isDelimiter
            }
        if behavior == .removed, isDelimiter {
            lastIsOpen = false
        } else if joins, lastIsOpen {
            pieces[pieces.count - 1].end = Int32(truncatingIfNeeded: newEnd)
        } else {
            pieces.append(Span(end, newEnd))
            lastIsOpen = true
        }
        lastWasDelimiter = isDelimiter
        end = newEnd
    }
}
