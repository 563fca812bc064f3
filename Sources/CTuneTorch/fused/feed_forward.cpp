#include "feed_forward.h"

#include <ATen/ops/empty.h>

namespace tt {
namespace {

/// A matrix of hidden values in the format of the products.
class Hidden {
  public:
    explicit Hidden(at::Tensor values) : values(std::move(values)) {}

    Hidden(int64_t rows, int64_t width, bool is_bfloat16)
        : Hidden(at::empty({rows, width}, is_bfloat16 ? at::kBFloat16 : at::kFloat)) {}

    operator Rows() const {
        if (!is_bfloat16()) return {values.const_data_ptr<float>(), nullptr, values.size(1)};
        return {nullptr, values.const_data_ptr<c10::BFloat16>(), values.size(1)};
    }

    /// The elements from a tile's first on.
    Elements at(const Tile &t) const {
        const int64_t ld = values.size(1), first = t.row * ld + t.column;
        if (!is_bfloat16()) return {values.data_ptr<float>() + first, nullptr, ld};
        auto *half = reinterpret_cast<uint16_t *>(values.data_ptr<c10::BFloat16>());
        return {nullptr, half + first, ld};
    }

    /// As B of a weight gradient.
    InputRows input_rows() const {
        if (!is_bfloat16()) return tt::input_rows(values, false);
        return InputRows(values.const_data_ptr<c10::BFloat16>(), values.size(0), values.size(1));
    }

    /// Where a product in float32 may leave it; null in bfloat16.
    float *single() const { return is_bfloat16() ? nullptr : values.data_ptr<float>(); }

    bool is_bfloat16() const { return values.scalar_type() == at::kBFloat16; }

    const at::Tensor values;
};

/// Adds the bias to a tile of w₁ x and applies GELU.
struct ForwardEpilogue {
    const Hidden &pre, &act;
    const float *bias;
    Gelu form;

    static void run(const void *context, const Tile &t) {
        const auto &self = *static_cast<const ForwardEpilogue *>(context);
        kernels().bias_gelu({t.values, t.stride, self.bias ? self.bias + t.column : nullptr,
                             self.pre.at(t), self.act.at(t), t.rows, t.columns, self.form});
    }
};

/// Makes the gradient of what GELU is applied to from a tile of that of its result.
struct BackwardEpilogue {
    const Hidden &pre, &d_pre, &act;
    const RowSums &sums;
    Gelu form;

    static void run(const void *context, const Tile &tile) {
        const auto &self = *static_cast<const BackwardEpilogue *>(context);
        // Each chunk of rows has sums of its own.
        for (int64_t done = 0; done < tile.rows; done += row_chunk) {
            Tile t = tile;
            t.row += done;
            t.values += done * t.stride;
            t.rows = std::min(row_chunk, tile.rows - done);
            kernels().gelu_backward({t.values, t.stride, self.pre.at(t), self.d_pre.at(t),
                                     self.act.at(t), t.rows, t.columns, self.form,
                                     self.sums.chunk(t.row / row_chunk) + t.column});
        }
    }
};

/// The inputs in the order in which autograd knows them.
enum Input { input_x, inner_weight, inner_bias, outer_weight, outer_bias, gamma, beta, inputs };

using OptionalVariable = std::optional<Variable>;

struct FeedForwardFunction : torch::autograd::Function<FeedForwardFunction> {
    static Variable forward(AutogradContext *context, const Variable &x, const Variable &w1,
                            const OptionalVariable &maybe_b1, const Variable &w2,
                            const OptionalVariable &maybe_b2, const Variable &norm_gamma,
                            const Variable &norm_beta, double epsilon, double probability,
                            bool is_exact) {
        const bool is_bfloat16 = is_autocast_bfloat16();
        const at::Tensor rows = as_rows(x);
        const at::Tensor b1 = maybe_b1.value_or(at::Tensor()), b2 = maybe_b2.value_or(at::Tensor());
        const LinearLayers inner({{w1, b1}}, is_bfloat16), outer({{w2, b2}}, is_bfloat16);
        TORCH_CHECK_VALUE(outer.inputs == inner.outputs, "the second weight takes ", outer.inputs,
                          " inputs where the first gives ", inner.outputs);
        const int64_t count = rows.size(0);
        const Operand operand = inner.operand(rows);
        const ResidualNorm norm(rows, b2, {norm_gamma, norm_beta, epsilon}, probability, count,
                                outer.outputs);
        const Hidden pre(count, inner.outputs, is_bfloat16), act(count, inner.outputs, is_bfloat16);
        const ForwardEpilogue epilogue{pre, act, b1.defined() ? b1.const_data_ptr<float>() : nullptr,
                                       is_exact ? Gelu::exact : Gelu::tanh};
        inner.forward(count, operand,
                      {pre.single(), inner.outputs, false, {ForwardEpilogue::run, &epilogue}});
        outer.forward(count, act, {norm.sum.data_ptr<float>(), outer.outputs});
        const at::Tensor y = norm.forward(x.sizes());
        context->save_for_backward(
            {x, w1, b1, w2, b2, norm_gamma, norm_beta, pre.values, norm.sum, norm.moments});
        context->saved_data["exact"] = is_exact;
        save(norm.dropout, context);
        return y;
    }

    static variable_list backward(AutogradContext *context, const variable_list &gradients) {
        variable_list result(10);
        if (!gradients[0].defined()) return result;
        const auto saved = context->get_saved_variables();
        const Hidden pre(saved[inputs]);
        const bool is_bfloat16 = pre.is_bfloat16();
        const LinearLayers inner({{saved[inner_weight], saved[inner_bias]}}, is_bfloat16);
        const LinearLayers outer({{saved[outer_weight], saved[outer_bias]}}, is_bfloat16);
        const at::Tensor dy = as_rows(gradients[0]), x = as_rows(saved[input_x]);
        const int64_t rows = dy.size(0);
        const ResidualNormGradients d(dy, saved[inputs + 1], saved[inputs + 2], saved[gamma],
                                      saved_dropout(context), is_bfloat16);

        const Hidden d_pre(rows, inner.outputs, is_bfloat16), act(rows, inner.outputs, is_bfloat16);
        const RowSums d_inner_bias(rows, inner.outputs);
        const bool is_exact = context->saved_data["exact"].toBool();
        const BackwardEpilogue epilogue{pre, d_pre, act, d_inner_bias,
                                        is_exact ? Gelu::exact : Gelu::tanh};
        outer.input_gradient(rows, d.z(), {d_pre.single(), inner.outputs, false,
                                           {BackwardEpilogue::run, &epilogue}});
        if (saved[outer_weight].requires_grad()) {
            result[outer_weight] = outer.weight_gradient(0, rows, d.z(), act.input_rows());
        }
        if (saved[inner_weight].requires_grad()) {
            result[inner_weight] =
                inner.weight_gradient(0, rows, d_pre, input_rows(x, is_bfloat16));
        }
        // The gradient of z, which may be the same memory, is not needed any more.
        if (saved[input_x].requires_grad()) {
            inner.input_gradient(rows, d_pre, {d.residual.data_ptr<float>(), inner.inputs, true});
            result[input_x] = d.residual.view(gradients[0].sizes());
        }
        if (needs_gradient(saved[inner_bias])) {
            result[inner_bias] = d_inner_bias.finish(saved[inner_bias]);
        }
        if (needs_gradient(saved[outer_bias])) {
            result[outer_bias] = d.bias.finish(saved[outer_bias]);
        }
        if (saved[gamma].requires_grad()) result[gamma] = d.gamma.finish(saved[gamma]);
        if (saved[beta].requires_grad()) result[beta] = d.beta.finish(saved[beta]);
        return result;
    }
};

} // namespace

at::Tensor fused_feed_forward(const at::Tensor &x, const Projection &inner,
                              const Projection &outer, Gelu form, const NormParameters &norm,
                              double dropout) {
    return FeedForwardFunction::apply(x, inner.weight, optional(inner.bias), outer.weight,
                                      optional(outer.bias), norm.gamma.contiguous(),
                                      norm.beta.contiguous(), norm.epsilon, dropout,
                                      form == Gelu::exact);
}

} // namespace tt
