#include "tiles.h"

#include <vector>

namespace {

/// Tries one small product: libtorch refuses types that the processor lacks.
template <class T> bool works() noexcept {
    constexpr int64_t n = 16;
    const std::vector<T> a(n * n, T(1)), b(n * n, T(1));
    std::vector<float> c(n * n, 0);
    try {
        const tt::MatrixUnitScope<T> scope;
        at::native::cpublas::brgemm(n, n, n, n, n, n, false, a.data(), b.data(), c.data(),
                                    !std::is_same_v<T, float>);
    } catch (...) {
        return false;
    }
    return c[0] == n && c[n * n - 1] == n;
}

} // namespace

bool tt::has_tiles_float32() noexcept {
    static const bool result = works<float>();
    return result;
}

bool tt::has_tiles_bfloat16() noexcept {
    static const bool result = works<c10::BFloat16>();
    return result;
}
