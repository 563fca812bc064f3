#pragma once
// Loops over the threads of libtorch. libtorch's own `parallel_for` is a template that needs an
// OpenMP compiler; this one reaches the same thread pool through the OpenMP library that libtorch
// has loaded, so that the two never compete for processors.
#include <cstdint>
#include <type_traits>

namespace tt {

/// The threads that one operation may use.
int thread_count() noexcept;

/// Calls `body(context, worker, begin, end)` for consecutive parts of `0..<count`, each at least
/// `grain` long but for the last, at the same time; `worker` numbers the parts from 0 and stays
/// below `thread_count()`. `body` does not throw.
void parallel_ranges(int64_t count, int64_t grain,
                     void (*body)(void *, int64_t worker, int64_t begin, int64_t end),
                     void *context) noexcept;

/// Calls `body(context, worker, item)` for all items `0..<count`, at the same time. Threads take
/// the next item when they are done with one, as processors need not be equally fast.
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

/// `parallel_ranges` for a callable `body(worker, begin, end)`.
template <class Body> void parallel_workers(int64_t count, int64_t grain, Body &&body) noexcept {
    parallel_ranges(
        count, grain,
        [](void *context, int64_t worker, int64_t begin, int64_t end) {
            (*static_cast<std::remove_reference_t<Body> *>(context))(worker, begin, end);
        },
        const_cast<void *>(static_cast<const void *>(&body)));
}

/// `parallel_ranges` for a callable `body(begin, end)`.
template <class Body> void parallel(int64_t count, int64_t grain, Body &&body) noexcept {
    parallel_workers(count, grain,
                     [&](int64_t, int64_t begin, int64_t end) { body(begin, end); });
}

} // namespace tt
