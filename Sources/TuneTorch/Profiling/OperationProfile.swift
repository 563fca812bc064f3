import CTuneTorch

/// Where the time of a piece of work went.
public struct OperationProfile: Sendable {
    /// A part of the work that follows others in time.
    public struct Phase: Sendable {
        /// What the caller named it; `backward` for backward passes.
        public let name: String
        /// How long it took, in seconds.
        public let seconds: Double
    }

    /// Calls of one operation in one phase.
    public struct Operation: Sendable {
        /// The phase.
        public let phase: String
        /// The operation of libtorch, the node of the backward pass, or the layer computed in one
        /// piece.
        public let name: String
        /// How often it was called.
        public let calls: Int
        /// How long it took without the operations that it called itself, in seconds.
        public let seconds: Double
    }

    /// The phases in the order of their beginning.
    public let phases: [Phase]
    /// The operations, the one that took longest first.
    public let operations: [Operation]

    /// The time of a phase that no operation accounts for.
    public func secondsOutsideOperations(of phase: Phase) -> Double {
        let inside = operations.filter { $0.phase == phase.name }.map(\.seconds).reduce(0, +)
        return max(0, phase.seconds - inside)
    }
}

/// Records where the time of the calling thread goes, from its creation to ``finish()``.
///
/// A thread has one recording at a time. While it runs, every operation takes about a microsecond
/// longer.
public final class OperationRecording {
    private let raw: OpaquePointer

    /// Begins, in a phase.
    ///
    /// - Throws: ``TorchError`` when this thread is being recorded already.
    public init(phase: String) throws {
        var result: OpaquePointer?
        try check("OperationRecording", tt_profile_start(phase, &result))
        guard let result else {
            throw TorchError(operation: "OperationRecording", message: "no recording was made")
        }
        raw = result
    }

    deinit { tt_profile_free(raw) }

    /// Says that another phase begins; phases of the same name add up.
    public func enter(_ phase: String) { expect("enter", tt_profile_enter(raw, phase)) }

    /// Ends the recording; call it once, on the thread that began it.
    ///
    /// - Throws: ``TorchError`` on another thread.
    public func finish() throws -> OperationProfile {
        try check("finish", tt_profile_stop(raw))
        let phases = (0..<tt_profile_phase_count(raw)).map { index in
            let phase = tt_profile_phase_at(raw, index)
            return OperationProfile.Phase(
                name: String(cString: phase.name), seconds: Double(phase.nanoseconds) * 1e-9)
        }
        let operations = (0..<tt_profile_operation_count(raw)).map { index in
            let operation = tt_profile_operation_at(raw, index)
            return OperationProfile.Operation(
                phase: String(cString: operation.phase), name: String(cString: operation.name),
                calls: Int(operation.calls), seconds: Double(operation.nanoseconds) * 1e-9)
        }
        return OperationProfile(
            phases: phases, operations: operations.sorted { $0.seconds > $1.seconds })
    }
}
