#include "allocator.h"
#include "arena.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <c10/core/impl/alloc_cpu.h>
#include <c10/util/Exception.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>

#include <sys/mman.h>
#include <unistd.h>

namespace tt {
namespace {

/// Blocks below this size are left to libtorch: malloc reuses them well.
constexpr std::size_t least_size = std::size_t(128) << 10;

/// The system is asked for a few pages at a time: meanwhile nobody else can change the memory map.
constexpr std::size_t populated_at_once = std::size_t(8) << 20;

/// Processors wait for memory that a virtual machine's host has to find, so that several get it
/// faster than one: two get twice as much.
constexpr std::size_t most_populating = 4;

#ifdef MADV_POPULATE_WRITE
/// Has the system give memory to the parts of a range that nobody has begun with, from its front on.
void populate(Arena::Range range, std::shared_ptr<std::atomic<std::size_t>> next) {
    for (;;) {
        const std::size_t begin = next->fetch_add(populated_at_once);
        if (begin >= range.size) return;
        const std::size_t size = std::min(populated_at_once, range.size - begin);
        if (madvise(range.begin + begin, size, MADV_POPULATE_WRITE) != 0) return;
    }
}
#endif

/// Lives as long as the process: tensors may be freed after every other object.
Arena &arena() {
    static auto *const instance = new Arena;
    return *instance;
}

void give_back(void *block) {
    if (arena().contains(block)) {
        arena().free(block);
    } else {
        c10::free_cpu(block);
    }
}

class ArenaAllocator final : public c10::Allocator {
  public:
    c10::DataPtr allocate(size_t bytes) override {
        const bool is_small = bytes < least_size || !arena().has_range();
        void *block = is_small ? c10::alloc_cpu(bytes) : arena().allocate(bytes);
        TORCH_CHECK_WITH(OutOfMemoryError, block != nullptr || bytes == 0, "not enough memory: ",
                         bytes, " bytes were asked for");
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
        c10::SetCPUAllocator(new ArenaAllocator, /*priority=*/1);
    });
}

void prepare_memory(std::size_t bytes) {
    use_arena();
#ifdef MADV_POPULATE_WRITE
    const auto free = static_cast<std::size_t>(sysconf(_SC_AVPHYS_PAGES)) *
                      static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    const Arena::Range range = arena().reserve(std::min(bytes, free / 2));
    // Contents stay as they are, so memory that is in use meanwhile comes to no harm.
    const auto next = std::make_shared<std::atomic<std::size_t>>(0);
    const std::size_t processors = std::max(std::thread::hardware_concurrency(), 1U);
    const std::size_t pieces = (range.size + populated_at_once - 1) / populated_at_once;
    try {
        for (std::size_t i = 0; i < std::min({processors, pieces, most_populating}); i++) {
            std::thread(populate, range, next).detach();
        }
    } catch (const std::system_error &) {
        // There are no threads to be had: memory comes as it is used.
    }
#endif
}

std::size_t used_before(void *memory, std::size_t bytes) {
    return arena().contains(memory) ? std::min(arena().used_before(memory), bytes) : bytes;
}

MemoryUsage arena_usage() {
    const auto usage = arena().usage();
    return {usage.used, usage.reserved};
}

} // namespace tt
