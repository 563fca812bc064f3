#include "tt_gemm.h"
#include "guard.h"

#include "fused/onednn.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/randn.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string_view>

namespace {

using Product = std::function<void()>;

/// x [T, I], w [O, I] and dy [T, O] of one layer.
struct Operands {
    at::Tensor x, w, dy;

    explicit Operands(const tt_gemm_shape &s)
        : x(at::randn({s.rows, s.inputs})), w(at::randn({s.outputs, s.inputs})),
          dy(at::randn({s.rows, s.outputs})) {}

    Operands to(at::ScalarType type) const {
        Operands copy = *this;
        for (auto *tensor : {&copy.x, &copy.w, &copy.dy}) *tensor = tensor->to(type);
        return copy;
    }
};

/// The product as autograd computes it for a linear layer.
Product libtorch(int32_t product, const Operands &o) {
    switch (product) {
    case TT_FORWARD: return [o] { at::linear(o.x, o.w); };
    case TT_INPUT_GRADIENT: return [o] { at::mm(o.dy, o.w); };
    default: return [o] { at::mm(o.dy.t(), o.x); };
    }
}

/// The product by oneDNN's linear layer, on operands that are transposed already; empty where
/// libtorch was built without it.
Product onednn(int32_t product, const Operands &o) {
    const auto found = c10::Dispatcher::singleton().findSchema({"mkldnn::_linear_pointwise", ""});
    if (!found) return {};
    using Linear = at::Tensor(const at::Tensor &, const at::Tensor &,
                              const std::optional<at::Tensor> &, std::string_view,
                              c10::List<std::optional<at::Scalar>>,
                              std::optional<std::string_view>);
    const auto linear = found->typed<Linear>();
    const auto left = product == TT_FORWARD          ? o.x
                      : product == TT_INPUT_GRADIENT ? o.dy
                                                     : o.dy.t().contiguous();
    const auto right = product == TT_FORWARD          ? o.w
                       : product == TT_INPUT_GRADIENT ? o.w.t().contiguous()
                                                      : o.x.t().contiguous();
    return [=] {
        linear.call(left, right, std::nullopt, "none", c10::List<std::optional<at::Scalar>>(), "");
    };
}

double shortest(const Product &run, double budget) {
    using Clock = std::chrono::steady_clock;
    run();
    double best = std::numeric_limits<double>::infinity();
    const auto begin = Clock::now();
    for (int count = 0;; count++) {
        const auto start = Clock::now();
        if (count >= 5 && std::chrono::duration<double>(start - begin).count() > budget) break;
        run();
        best = std::min(best, std::chrono::duration<double>(Clock::now() - start).count());
    }
    return best;
}

} // namespace

tt_status tt_gemm_peak_seconds(tt_gemm_shape shape, int32_t product, double budget,
                               double *seconds) noexcept {
    return tt::guard([&] {
        if (std::min({shape.rows, shape.inputs, shape.outputs}) < 1) {
            throw std::invalid_argument("rows, inputs and outputs are at least 1");
        }
        const c10::NoGradGuard no_grad;
        const Operands operands(shape);
        const auto narrow = shape.is_bfloat16 ? operands.to(at::kBFloat16) : operands;
        const auto run = tt::has_onednn(shape.is_bfloat16) ? onednn(product, narrow) : Product();
        *seconds = shortest(run ? run : libtorch(product, narrow), budget);
    });
}
