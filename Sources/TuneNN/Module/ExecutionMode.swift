/// How layers compute: as Python does, or as fast as the processor allows.
public enum ExecutionMode: String, Sendable, CaseIterable {
    /// The plain operations in Python's order, drawing random numbers as Python does: the same
    /// seed follows the same trajectory, up to rounding.
    case reference
    /// The same mathematics with padding left out and fused kernels where they exist; with
    /// dropout, the masks are drawn from the same seeded generator but for other shapes.
    case fast

    /// The mode in which layers of the current task compute.
    @TaskLocal public static var current: ExecutionMode = .fast
}
