#pragma once
#include <cstddef>

namespace tt {

/// Makes libtorch take large tensors on the CPU from the arena, for the rest of the process.
void use_arena();

/// Has the system give the arena memory for so many bytes, at most half of what is free, on other
/// threads while this one goes on.
void prepare_memory(std::size_t bytes);

/// How many bytes at the beginning of newly allocated memory of `bytes` may be other than zero; all,
/// where the memory is not the arena's.
std::size_t used_before(void *memory, std::size_t bytes);

/// Bytes of large tensors in use, and bytes that the arena holds.
struct MemoryUsage {
    std::size_t used, reserved;
};
MemoryUsage arena_usage();

} // namespace tt
