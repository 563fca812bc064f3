#include "tt_faults.h"
#include "../guard.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <c10/util/Exception.h>

#include <atomic>
#include <mutex>

namespace tt {
namespace {

std::atomic<int64_t> counted{0}, failing{-1};

/// Hands requests on, but for one that it refuses.
class FaultyAllocator final : public c10::Allocator {
  public:
    explicit FaultyAllocator(c10::Allocator *base) : base(base) {}

    c10::DataPtr allocate(size_t bytes) override {
        const int64_t number = counted.fetch_add(1);
        TORCH_CHECK_WITH(OutOfMemoryError, number != failing.load(),
                         "out of memory, as a test wants it: ", bytes, " bytes were asked for");
        return base->allocate(bytes);
    }

    c10::DeleterFnPtr raw_deleter() const override { return base->raw_deleter(); }

    void copy_data(void *to, const void *from, size_t count) const override {
        base->copy_data(to, from, count);
    }

  private:
    c10::Allocator *const base;
};

} // namespace
} // namespace tt

tt_status tt_count_allocations(int64_t failing) noexcept {
    return tt::guard([=] {
        static std::once_flag once;
        std::call_once(once, [] {
            // It outranks the others from now on, and lives as long as the process.
            c10::SetCPUAllocator(new tt::FaultyAllocator(c10::GetCPUAllocator()), /*priority=*/2);
        });
        tt::failing = failing;
        tt::counted = 0;
    });
}

int64_t tt_counted_allocations() noexcept { return tt::counted; }
