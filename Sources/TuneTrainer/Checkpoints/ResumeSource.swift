/// Which checkpoint a training goes on from.
public enum ResumeSource: Sendable, Hashable {
    /// None: training begins anew.
    ///
    /// Checkpoints of an earlier run in the output directory are set aside.
    case none
    /// The newest valid one in the output directory, which must exist.
    case newest
    /// The newest valid one in the output directory; without one, training begins anew.
    case newestIfAny
    /// The one in a directory.
    case checkpoint(String)
}

extension ResumeSource: ExpressibleByBooleanLiteral, ExpressibleByStringLiteral {
    /// `true` for the newest, `false` for none.
    public init(booleanLiteral value: Bool) { self = value ? .newest : .none }

    /// The checkpoint in a directory.
    public init(stringLiteral value: String) { self = .checkpoint(value) }
}
