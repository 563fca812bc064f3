#include "tt_inplace.h"
#include "guard.h"

#include <cmath>

tt_status tt_fill_(tt_tensor t, double value) noexcept {
    return tt::guard([&] { tt::in(t).fill_(value); });
}

tt_status tt_copy_(tt_tensor t, tt_tensor source) noexcept {
    return tt::guard([&] { tt::in(t).copy_(tt::in(source)); });
}

tt_status tt_add_(tt_tensor t, tt_tensor other, double alpha) noexcept {
    return tt::guard([&] {
        // An integer tensor takes an integer factor only.
        const bool integral = at::isIntegralType(tt::in(t).scalar_type(), /*includeBool=*/true);
        const bool whole = std::trunc(alpha) == alpha && std::abs(alpha) < 0x1p63;
        const auto factor =
            integral && whole ? at::Scalar(static_cast<int64_t>(alpha)) : at::Scalar(alpha);
        tt::in(t).add_(tt::in(other), factor);
    });
}

tt_status tt_mul_(tt_tensor t, tt_tensor other) noexcept {
    return tt::guard([&] { tt::in(t).mul_(tt::in(other)); });
}

tt_status tt_div_(tt_tensor t, tt_tensor other) noexcept {
    return tt::guard([&] { tt::in(t).div_(tt::in(other)); });
}

tt_status tt_add_scalar_(tt_tensor t, tt_scalar value) noexcept {
    return tt::guard([&] { tt::in(t).add_(tt::scalar(value)); });
}

tt_status tt_mul_scalar_(tt_tensor t, tt_scalar value) noexcept {
    return tt::guard([&] { tt::in(t).mul_(tt::scalar(value)); });
}

tt_status tt_sqrt_(tt_tensor t) noexcept {
    return tt::guard([&] { tt::in(t).sqrt_(); });
}

tt_status tt_lerp_(tt_tensor t, tt_tensor end, double weight) noexcept {
    return tt::guard([&] { tt::in(t).lerp_(tt::in(end), weight); });
}

tt_status tt_addcmul_(tt_tensor t, tt_tensor a, tt_tensor b, double value) noexcept {
    return tt::guard([&] { tt::in(t).addcmul_(tt::in(a), tt::in(b), value); });
}

tt_status tt_addcdiv_(tt_tensor t, tt_tensor a, tt_tensor b, double value) noexcept {
    return tt::guard([&] { tt::in(t).addcdiv_(tt::in(a), tt::in(b), value); });
}
