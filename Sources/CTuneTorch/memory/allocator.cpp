#include "allocator.h"
#include "arena.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <c10/util/Exception.h>

#include <cstring>
#include <mutex>

namespace tt {
namespace {

/// Blocks below this size are left to libtorch: malloc reuses them well.
constexpr std::size_t least_size = std::size_t(128) << 10;

/// Lives as long as the process: tensors may be freed after every other object.
Arena &arena() {
    static auto *const instance = new Arena;
    return *instance;
}

/// Gives out small blocks, and gave out all blocks before.
c10::Allocator *small_blocks = nullptr;

/// Takes back a block of either kind: libraries that ask for plain memory, such as oneDNN, return it
/// without the deleter that it came with.
void give_back(void *block) {
    if (!arena().free(block)) small_blocks->raw_deallocate(block);
}

class ArenaAllocator final : public c10::Allocator {
  public:
    c10::DataPtr allocate(size_t bytes) override {
        if (bytes < least_size) return small_blocks->allocate(bytes);
        void *block = arena().allocate(bytes);
        TORCH_CHECK_WITH(OutOfMemoryError, block != nullptr, "not enough memory: ", bytes,
                         " bytes were asked for");
        return {block, block, &give_back, c10::Device(c10::kCPU)};
    }

    c10::DeleterFnPtr raw_deleter() const override { return &give_back; }

    void copy_data(void *to, const void *from, size_t count) const override {
        std::memcpy(to, from, count);
    }
};

} // namespace

void use_arena() {
    static std::once_flag once;
    std::call_once(once, [] {
        small_blocks = c10::GetCPUAllocator();
        c10::SetCPUAllocator(new ArenaAllocator, /*priority=*/1);
    });
}

MemoryUsage arena_usage() {
    const auto usage = arena().usage();
    return {usage.used, usage.reserved};
}

} // namespace tt
