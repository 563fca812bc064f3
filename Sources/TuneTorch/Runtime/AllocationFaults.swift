import CTuneTorch

/// Memory that runs out when a test wants it.
package enum AllocationFaults {
    /// Counts from now on how often memory for tensors on the CPU is asked for.
    ///
    /// ``TorchRuntime/retainFreedMemory()`` has no effect after the first call.
    ///
    /// - Parameter failing: Which of the requests is refused, from 0; nil for none.
    package static func count(failing: Int? = nil) {
        expect("countAllocations", tt_count_allocations(Int64(failing ?? -1)))
    }

    /// How often it was asked for since.
    package static var counted: Int { Int(tt_counted_allocations()) }
}
