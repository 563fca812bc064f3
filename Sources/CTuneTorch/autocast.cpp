#include "tt_autocast.h"
#include "guard.h"

#include <ATen/autocast_mode.h>

#include <stdexcept>

tt_status tt_autocast_enter(int32_t device_type, bool enabled, int32_t dtype,
                            tt_autocast_state *previous) noexcept {
    return tt::guard([&] {
        const auto type = static_cast<at::DeviceType>(device_type);
        const auto wanted = tt::dtype(dtype);
        if (enabled && wanted != at::kBFloat16 && wanted != at::kHalf) {
            throw std::invalid_argument("autocast computes in bfloat16 or float16");
        }
        *previous = {device_type, at::autocast::is_autocast_enabled(type),
                     static_cast<int32_t>(at::autocast::get_autocast_dtype(type)),
                     at::autocast::is_autocast_cache_enabled()};
        at::autocast::set_autocast_enabled(type, enabled);
        if (enabled) at::autocast::set_autocast_dtype(type, wanted);
        at::autocast::increment_nesting();
        at::autocast::set_autocast_cache_enabled(true);
    });
}

tt_status tt_autocast_exit(tt_autocast_state previous) noexcept {
    return tt::guard([&] {
        const auto type = static_cast<at::DeviceType>(previous.device_type);
        if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
        at::autocast::set_autocast_enabled(type, previous.enabled);
        at::autocast::set_autocast_dtype(type, tt::dtype(previous.dtype));
        at::autocast::set_autocast_cache_enabled(previous.cache_enabled);
    });
}
