#include "tt_random.h"
#include "guard.h"
#include "tt_runtime.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/ops/randperm.h>

#include <memory>
#include <mutex>

tt_status tt_manual_seed(uint64_t seed) noexcept {
    return tt::guard([&] {
        tt_load_cuda();
        at::manual_seed(seed);
    });
}

tt_status tt_generator_new(tt_device device, tt_generator *out) noexcept {
    return tt::guard([&] {
        const auto where = tt::device(device);
        *out = new tt_generator_s{
            where.is_cpu() ? at::detail::createCPUGenerator()
                           : at::globalContext().defaultGenerator(where).clone()};
    });
}

tt_status tt_generator_default(tt_device device, tt_generator *out) noexcept {
    return tt::guard([&] {
        *out = new tt_generator_s{at::globalContext().defaultGenerator(tt::device(device))};
    });
}

void tt_generator_free(tt_generator g) noexcept { delete g; }

tt_status tt_generator_seed(tt_generator g, uint64_t seed) noexcept {
    return tt::guard([&] {
        const std::lock_guard<std::mutex> lock(g->value.mutex());
        g->value.set_current_seed(seed);
    });
}

tt_status tt_generator_initial_seed(tt_generator g, uint64_t *out) noexcept {
    return tt::guard([&] { *out = g->value.current_seed(); });
}

tt_status tt_generator_state(tt_generator g, tt_tensor *out) noexcept {
    return tt::produce(out, [&] {
        const std::lock_guard<std::mutex> lock(g->value.mutex());
        return g->value.get_state();
    });
}

tt_status tt_generator_set_state(tt_generator g, tt_tensor state) noexcept {
    return tt::guard([&] {
        const std::lock_guard<std::mutex> lock(g->value.mutex());
        g->value.set_state(tt::in(state));
    });
}

tt_status tt_randperm(int64_t n, tt_generator g, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return at::randperm(n, tt::generator(g), at::kLong); });
}

tt_status tt_normal_(tt_tensor t, double mean, double std, tt_generator g) noexcept {
    return tt::guard([&] { tt::in(t).normal_(mean, std, tt::generator(g)); });
}

tt_status tt_uniform_(tt_tensor t, double from, double to, tt_generator g) noexcept {
    return tt::guard([&] { tt::in(t).uniform_(from, to, tt::generator(g)); });
}

tt_status tt_bernoulli_(tt_tensor t, double p, tt_generator g) noexcept {
    return tt::guard([&] { tt::in(t).bernoulli_(p, tt::generator(g)); });
}

tt_status tt_random_(tt_tensor t, tt_generator g) noexcept {
    return tt::guard([&] { tt::in(t).random_(tt::generator(g)); });
}
