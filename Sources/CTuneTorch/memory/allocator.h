#pragma once
#include <cstddef>

namespace tt {

/// Makes libtorch take large tensors on the CPU from the arena, for the rest of the process.
void use_arena();

/// Bytes of large tensors in use, and bytes that the arena holds.
struct MemoryUsage {
    std::size_t used, reserved;
};
MemoryUsage arena_usage();

} // namespace tt
