#include "tt_settings.h"
#include "guard.h"

#include <ATen/Context.h>
#include <c10/core/CachingDeviceAllocator.h>

tt_status tt_allow_tf32(bool allow) noexcept {
    return tt::guard([&] {
        at::globalContext().setAllowTF32CuBLAS(allow);
        at::globalContext().setAllowTF32CuDNN(allow);
    });
}

tt_status tt_use_deterministic_algorithms(bool on) noexcept {
    return tt::guard([&] {
        at::globalContext().setDeterministicAlgorithms(on, false);
        at::globalContext().setDeterministicCuDNN(on);
        if (on) at::globalContext().setBenchmarkCuDNN(false);
    });
}

bool tt_deterministic_algorithms() noexcept {
    return at::globalContext().deterministicAlgorithms();
}

tt_status tt_empty_cache(tt_device device) noexcept {
    return tt::guard([&] {
        const auto type = tt::device(device).type();
        if (type != at::kCPU) at::getDeviceAllocator(type)->emptyCache();
    });
}
