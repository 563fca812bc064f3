import TuneTorch

/// Seeds every random generator, as `set_seed`: the processor's and those of all GPUs.
///
/// Call it before a model is created, so that its new head is the same in every run.
public func setSeed(_ seed: Int) { manualSeed(UInt64(bitPattern: Int64(seed))) }
