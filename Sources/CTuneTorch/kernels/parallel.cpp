#include "parallel.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <atomic>

#include <dlfcn.h>

#ifdef __APPLE__
#include <dispatch/dispatch.h>
#endif

namespace {

/// Items of which each thread takes the next one.
struct Queue {
    int64_t count;
    void (*body)(void *, int64_t, int64_t);
    void *context;
    std::atomic<int64_t> next = 0;

    void work(int64_t worker) noexcept {
        for (int64_t item; (item = next++) < count;) body(context, worker, item);
    }
};

template <class Function> void look_up(Function &function, const char *name) {
    function = reinterpret_cast<Function>(dlsym(RTLD_DEFAULT, name));
}

/// The entry points of the OpenMP library that libtorch uses, where there is one.
struct OpenMP {
    void (*parallel)(void (*)(void *), void *, unsigned, unsigned) = nullptr;
    int (*thread)() = nullptr;
    int (*in_parallel)() = nullptr;

    OpenMP() {
        look_up(parallel, "GOMP_parallel");
        look_up(thread, "omp_get_thread_num");
        look_up(in_parallel, "omp_in_parallel");
    }

    bool can_run() const { return parallel && thread && in_parallel && !in_parallel(); }
};

const OpenMP open_mp;

void run_on_team(void *queue) { static_cast<Queue *>(queue)->work(open_mp.thread()); }

} // namespace

int tt::thread_count() noexcept { return std::max(1, at::get_num_threads()); }

void tt::parallel_each(int64_t count, void (*body)(void *, int64_t, int64_t),
                       void *context) noexcept {
    Queue queue{count, body, context};
    const auto workers = std::min<int64_t>(count, thread_count());
    if (workers > 1 && open_mp.can_run()) {
        return open_mp.parallel(run_on_team, &queue, static_cast<unsigned>(workers), 0);
    }
#ifdef __APPLE__
    if (workers > 1) {
        return dispatch_apply_f(static_cast<size_t>(workers), DISPATCH_APPLY_AUTO, &queue,
                                [](void *queue, size_t worker) {
                                    static_cast<Queue *>(queue)->work(static_cast<int64_t>(worker));
                                });
    }
#endif
    queue.work(0);
}
