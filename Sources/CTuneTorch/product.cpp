#include "tt_gemm.h"
#include "guard.h"

#include "fused/linear.h"

#include <c10/core/GradMode.h>

#include <stdexcept>

namespace {

using namespace tt;

/// Adds a bias to finished tiles.
void add_bias(const void *context, const Tile &t) {
    const auto &bias = *static_cast<const at::Tensor *>(context);
    kernels().add_bias(t.values, bias.const_data_ptr<float>() + t.column, t.rows, t.columns,
                       t.stride);
}

/// A float32 matrix whose rows may have gaps.
Operand operand(const at::Tensor &m, bool is_bfloat16) {
    if (m.scalar_type() != at::kFloat || m.dim() != 2 || m.stride(1) != 1) {
        throw std::invalid_argument("an operand is no matrix of float32 with dense rows");
    }
    return Operand(m.const_data_ptr<float>(), m.size(0), m.size(1), m.stride(0), is_bfloat16);
}

/// Throws unless the sizes of a product fit.
void check_product(int32_t kind, const at::Tensor &left, const std::vector<at::Tensor> &right,
                   const at::Tensor &result) {
    if (right.empty()) throw std::invalid_argument("there is no right operand");
    const at::Tensor &b = right.front();
    const auto count = static_cast<int64_t>(right.size());
    for (const at::Tensor &other : right) check_sizes(other, b.sizes(), "a right operand");
    switch (kind) {
    case TT_FORWARD:
        check_sizes(left, {left.size(0), b.size(1)}, "x");
        return check_sizes(result, {left.size(0), count * b.size(0)}, "y");
    case TT_INPUT_GRADIENT:
        check_sizes(left, {left.size(0), count * b.size(0)}, "dy");
        return check_sizes(result, {left.size(0), b.size(1)}, "dx");
    case TT_WEIGHT_GRADIENT:
        check_sizes(left, {b.size(0), left.size(1)}, "dy");
        TORCH_CHECK_VALUE(count == 1 && b.is_contiguous() && result.is_contiguous(),
                          "a weight gradient has one dense input and a dense result");
        return check_sizes(result, {left.size(1), b.size(1)}, "dw");
    default: throw std::invalid_argument("there is no such product");
    }
}

} // namespace

tt_status tt_compute_product(int32_t path, int32_t kind, bool is_bfloat16, tt_tensor left,
                             int32_t count, const tt_tensor *right, tt_tensor bias,
                             tt_tensor result, bool accumulate) noexcept {
    return guard([&] {
        const c10::NoGradGuard no_grad;
        const at::Tensor &a = in(left), &c = in(result);
        const std::vector<at::Tensor> b = list(count, right);
        const Operand target = operand(c, false), rows = operand(a, is_bfloat16);
        check_product(kind, a, b, c);
        const bool is_gradient = kind == TT_WEIGHT_GRADIENT;
        const LinearShape shape{a.size(0), b[0].size(1), is_gradient ? a.size(1) : b[0].size(0)};
        const auto by = static_cast<Path>(path);
        if (!can_compute(by, shape, is_bfloat16)) {
            throw std::invalid_argument("this processor cannot compute the product by that path");
        }
        std::vector<Operand> operands;
        if (!is_gradient) for (const at::Tensor &w : b) operands.push_back(operand(w, is_bfloat16));
        const std::vector<Rows> weights(operands.begin(), operands.end());
        Result to{c.data_ptr<float>(), c.stride(0), accumulate};
        if (bias != nullptr) to.epilogue = {add_bias, &in(bias)};
        switch (kind) {
        case TT_FORWARD: return linear_forward_by(by, shape, rows, weights, to);
        case TT_INPUT_GRADIENT: return linear_input_gradient_by(by, shape, rows, weights, to);
        default:
            const InputRows x(b[0].const_data_ptr<float>(), shape.rows, shape.inputs, is_bfloat16);
            linear_weight_gradient_by(by, shape, rows, x, to.values, accumulate);
        }
    });
}
