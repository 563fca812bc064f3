import TuneBase

/// Steps that met numbers that are not finite.
struct NonFiniteRecord: Sendable, Equatable {
    /// Steps left out.
    var skipped = 0
    /// Returns to a checkpoint.
    var rollbacks = 0
    /// Steps to leave out when they come again.
    var stepsToSkip: Set<Int> = []
}

/// The wish to go back to the last checkpoint.
struct RollbackRequest: Error {
    /// The step that could not be made.
    let step: Int
    /// What ends training where there is nothing to go back to.
    let error: TuneError
}
