#include "onednn.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/full.h>
#include <ATen/ops/zeros.h>
#include <c10/core/GradMode.h>

#include <dlfcn.h>

#include <optional>
#include <string_view>

namespace tt {
namespace {

constexpr int64_t row_multiple = 32;

/// c = scale c + factor a b, all of one type.
using InPlace = void(const at::Tensor &a, const at::Tensor &b, const at::Tensor &c, float scale,
                     float factor);

/// `at::native::mkldnn_matmul`; null where this libtorch has none. The operators that lead there take
/// neither strides of the result nor sums in place, and its header is not distributed.
InPlace *in_place() noexcept {
    static const auto function = reinterpret_cast<InPlace *>(
        dlsym(RTLD_DEFAULT, "_ZN2at6native13mkldnn_matmulERKNS_6TensorES3_S3_ff"));
    return function;
}

/// a bᵀ as a new matrix.
using Linear = at::Tensor(const at::Tensor &a, const at::Tensor &b,
                          const std::optional<at::Tensor> &bias, std::string_view activation,
                          c10::List<std::optional<at::Scalar>> scalars,
                          std::optional<std::string_view> algorithm);

/// oneDNN's linear layer, which also runs where libtorch refuses the products in place.
const c10::TypedOperatorHandle<Linear> &linear() {
    static const auto found =
        c10::Dispatcher::singleton().findSchemaOrThrow("mkldnn::_linear_pointwise", "")
            .typed<Linear>();
    return found;
}

at::Tensor by_linear(const at::Tensor &a, const at::Tensor &b) {
    return linear().call(a, b.t(), std::nullopt, "none", c10::List<std::optional<at::Scalar>>(), "");
}

/// How oneDNN is reached for one type of operands.
enum class Way { none, in_place, linear };

/// Tries small products: libtorch refuses types that the processor lacks.
Way way_of(at::ScalarType type) noexcept {
    const c10::NoGradGuard no_grad;
    const auto gives = [](const at::Tensor &c, int value) { return c.eq(value).all().item<bool>(); };
    try {
        const at::Tensor a = at::full({16, 16}, 1, type), c = at::full({16, 16}, 1, type);
        if (in_place() != nullptr) {
            in_place()(a, a.t(), c, 1, 1);
            if (gives(c, 17)) return Way::in_place;
        }
    } catch (...) {
        // The other way is tried below.
    }
    try {
        const at::Tensor a = at::full({16, 16}, 1, type);
        if (gives(by_linear(a, a.t()), 16)) return Way::linear;
    } catch (...) {
        return Way::none;
    }
    return Way::none;
}

Way way(bool is_bfloat16) noexcept {
    static const Way single = way_of(at::kFloat);
    if (!is_bfloat16) return single;
    static const Way half = way_of(at::kBFloat16);
    return half;
}

void multiply(const at::Tensor &a, const at::Tensor &b, const at::Tensor &c, bool accumulate) {
    const bool is_bfloat16 = a.scalar_type() == at::kBFloat16;
    const bool is_in_place = way(is_bfloat16) == Way::in_place;
    if (is_in_place && !is_bfloat16) return in_place()(a, b, c, accumulate ? 1 : 0, 1);
    at::Tensor product;
    if (is_in_place) {
        // oneDNN sums bfloat16 in float32, but libtorch has it leave the sums as bfloat16.
        product = at::empty(c.sizes(), a.options());
        in_place()(a, b, product, 0, 1);
    } else {
        product = by_linear(a, b);
    }
    accumulate ? c.add_(product) : c.copy_(product);
}

/// The rows from `first` on, with rows of zeros up to the multiple.
at::Tensor rest_of(const at::Tensor &x, int64_t first) {
    at::Tensor rest = at::zeros({row_multiple, x.size(1)}, x.options());
    const int64_t count = x.size(0) - first;
    rest.narrow(0, 0, count).copy_(x.narrow(0, first, count));
    return rest;
}

} // namespace

bool has_onednn(bool is_bfloat16) noexcept { return way(is_bfloat16) != Way::none; }

void multiply_by_onednn(const at::Tensor &a, const at::Tensor &b, const at::Tensor &c,
                        bool accumulate) {
    const c10::NoGradGuard no_grad;
    const int64_t rows = a.size(0), whole = rows / row_multiple * row_multiple;
    if (whole > 0) multiply(a.narrow(0, 0, whole), b, c.narrow(0, 0, whole), accumulate);
    if (whole == rows) return;
    const at::Tensor sums = at::empty({row_multiple, c.size(1)}, c.options());
    multiply(rest_of(a, whole), b, sums, false);
    const at::Tensor from = sums.narrow(0, 0, rows - whole), to = c.narrow(0, whole, rows - whole);
    accumulate ? to.add_(from) : to.copy_(from);
}

void sum_by_onednn(const at::Tensor &a, const at::Tensor &b, const at::Tensor &c, bool accumulate) {
    const c10::NoGradGuard no_grad;
    const int64_t depth = a.size(1), whole = depth / row_multiple * row_multiple;
    if (whole > 0) multiply(a.narrow(1, 0, whole), b.narrow(0, 0, whole), c, accumulate);
    if (whole == depth) return;
    multiply(rest_of(a.t(), whole).t(), rest_of(b, whole), c, accumulate || whole > 0);
}

} // namespace tt
