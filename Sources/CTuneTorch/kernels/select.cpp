#include "kernels.h"

#include <atomic>
#include <cstring>

namespace tt {
namespace baseline { extern const Kernels table; }
#ifdef __x86_64__
namespace avx2 { extern const Kernels table; }
namespace avx512 { extern const Kernels table; }
#endif

namespace {

/// What this processor can run, best first.
const Kernels *find(const char *name) {
#ifdef __x86_64__
    __builtin_cpu_init();
    const bool has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    const bool has_avx512 = has_avx2 && __builtin_cpu_supports("avx512f") &&
                            __builtin_cpu_supports("avx512bw") &&
                            __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    const auto fits = [&](const Kernels &table) {
        return name == nullptr || std::strcmp(name, table.name) == 0;
    };
    if (has_avx512 && fits(avx512::table)) return &avx512::table;
    if (has_avx2 && fits(avx2::table)) return &avx2::table;
#endif
    return name == nullptr || std::strcmp(name, baseline::table.name) == 0 ? &baseline::table
                                                                            : nullptr;
}

std::atomic<const Kernels *> selected = nullptr;

} // namespace

const Kernels &kernels() noexcept {
    const Kernels *current = selected.load(std::memory_order_relaxed);
    if (current == nullptr) selected.store(current = find(nullptr), std::memory_order_relaxed);
    return *current;
}

bool select_kernels(const char *name) noexcept {
    const Kernels *wanted = find(name);
    if (wanted != nullptr) selected.store(wanted, std::memory_order_relaxed);
    return wanted != nullptr;
}

} // namespace tt
