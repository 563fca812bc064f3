#include "parallel.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <atomic>

#include <dlfcn.h>

#ifdef __APPLE__
#include <dispatch/dispatch.h>
#endif

namespace {

struct Split {
    int64_t count, parts;
    void (*body)(void *, int64_t, int64_t, int64_t);
    void *context;

    void run(int64_t part) const noexcept {
        const int64_t begin = count * part / parts, end = count * (part + 1) / parts;
        if (begin < end) body(context, part, begin, end);
    }
};

template <class Function> void look_up(Function &function, const char *name) {
    function = reinterpret_cast<Function>(dlsym(RTLD_DEFAULT, name));
}

/// The entry points of the OpenMP library that libtorch uses, where there is one.
struct OpenMP {
    void (*parallel)(void (*)(void *), void *, unsigned, unsigned) = nullptr;
    int (*thread)() = nullptr;
    int (*team_size)() = nullptr;
    int (*in_parallel)() = nullptr;

    OpenMP() {
        look_up(parallel, "GOMP_parallel");
        look_up(thread, "omp_get_thread_num");
        look_up(team_size, "omp_get_num_threads");
        look_up(in_parallel, "omp_in_parallel");
    }

    bool can_run() const { return parallel && thread && team_size && in_parallel && !in_parallel(); }
};

const OpenMP open_mp;

/// Runs the parts on the team; a team smaller than asked for takes several parts per thread.
void run_on_team(void *data) {
    const Split &split = *static_cast<const Split *>(data);
    const int size = open_mp.team_size();
    for (int64_t part = open_mp.thread(); part < split.parts; part += size) split.run(part);
}

} // namespace

int tt::thread_count() noexcept { return std::max(1, at::get_num_threads()); }

void tt::parallel_ranges(int64_t count, int64_t grain,
                         void (*body)(void *, int64_t, int64_t, int64_t), void *context) noexcept {
    if (count <= 0) return;
    grain = std::max<int64_t>(grain, 1);
    const int64_t parts = std::min<int64_t>((count + grain - 1) / grain, thread_count());
    Split split{count, parts, body, context};
    if (parts == 1) return body(context, 0, 0, count);
    if (open_mp.can_run()) {
        return open_mp.parallel(run_on_team, &split, static_cast<unsigned>(parts), 0);
    }
#ifdef __APPLE__
    dispatch_apply_f(static_cast<size_t>(parts), DISPATCH_APPLY_AUTO, &split,
                     [](void *data, size_t part) {
                         static_cast<const Split *>(data)->run(static_cast<int64_t>(part));
                     });
#else
    body(context, 0, 0, count);
#endif
}

void tt::parallel_each(int64_t count, void (*body)(void *, int64_t, int64_t),
                       void *context) noexcept {
    std::atomic<int64_t> next = 0;
    parallel_workers(std::min<int64_t>(count, thread_count()), 1,
                     [&](int64_t worker, int64_t, int64_t) {
                         for (int64_t item; (item = next++) < count;) body(context, worker, item);
                     });
}
