#pragma once
// Loops over the threads of libtorch. libtorch's own `parallel_for` is a template that needs an
// OpenMP compiler; this one reaches the same thread pool through the OpenMP library that libtorch
// has loaded, so that the two never compete for processors.
#include <algorithm>
#include <cstdint>
#include <type_traits>

namespace tt {

/// The threads that one operation may use.
int thread_count() noexcept;

/// Calls `body(context, worker, item)` for all items `0..<count`, at the same time. Threads take
/// the next item when they are done with one, as processors need not be equally fast; `worker` stays
/// below `thread_count()`. `body` does not throw.
void parallel_each(int64_t count, void (*body)(void *, int64_t worker, int64_t item),
                   void *context) noexcept;

/// `parallel_each` for a callable `body(worker, item)`.
template <class Body> void parallel_items(int64_t count, Body &&body) noexcept {
    parallel_each(
        count,
        [](void *context, int64_t worker, int64_t item) {
            (*static_cast<std::remove_reference_t<Body> *>(context))(worker, item);
        },
        const_cast<void *>(static_cast<const void *>(&body)));
}

/// Into how many parts work is cut so that threads that are not equally fast end together.
inline int64_t part_count() noexcept { return thread_count() > 1 ? 4 * thread_count() : 1; }

/// Calls `body(begin, end)` for consecutive parts of `0..<count`, each at least `grain` long but for
/// the last, at the same time.
template <class Body> void parallel(int64_t count, int64_t grain, Body &&body) noexcept {
    const int64_t parts = std::min((count + grain - 1) / grain, part_count());
    parallel_items(parts, [&](int64_t, int64_t part) {
        body(count * part / parts, count * (part + 1) / parts);
    });
}

} // namespace tt
