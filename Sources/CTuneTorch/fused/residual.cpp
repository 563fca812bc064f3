#include "residual.h"
#include "linear.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>

namespace tt {
namespace {

/// A block's inputs in the order in which autograd knows them.
enum Input { input_x, input_weight, input_bias, input_residual, input_gamma, input_beta };

struct ResidualNormFunction : torch::autograd::Function<ResidualNormFunction> {
    static Variable forward(AutogradContext *context, const Variable &x, const Variable &weight,
                            const std::optional<Variable> &maybe_bias, const Variable &residual, const Variable &gamma,
                            const Variable &beta, double epsilon, double probability) {
        const bool is_bfloat16 = is_autocast_bfloat16();
        const at::Tensor rows = as_rows(x), base = as_rows(residual);
        const at::Tensor bias = maybe_bias.value_or(at::Tensor());
        const LinearLayer layer(rows, weight, bias, is_bfloat16);
        const int64_t width = layer.shape.outputs;
        check_operand(base, "the residual");
        check_sizes(base, {rows.size(0), width}, "the residual");
        for (const auto *parameter : {&gamma, &beta}) {
            check_operand(*parameter, "a parameter of the normalisation");
            check_sizes(*parameter, {width}, "a parameter of the normalisation");
        }
        const at::Tensor sum = at::empty({rows.size(0), width}, at::kFloat);
        at::Tensor y = at::empty(residual.sizes(), at::kFloat);
        const at::Tensor moments = at::empty({2, rows.size(0)}, at::kFloat);
        const Dropout dropout = draw_dropout(probability);

        layer.forward(sum.data_ptr<float>());
        const NormForward norm{sum.data_ptr<float>(),
                               bias.defined() ? bias.const_data_ptr<float>() : nullptr,
                               base.const_data_ptr<float>(), gamma.const_data_ptr<float>(),
                               beta.const_data_ptr<float>(), sum.data_ptr<float>(),
                               y.data_ptr<float>(), moments.data_ptr<float>(),
                               moments.data_ptr<float>() + rows.size(0), width,
                               static_cast<float>(epsilon), dropout};
        parallel(rows.size(0), 8,
                 [&](int64_t begin, int64_t end) { kernels().norm_forward(norm, begin, end); });

        context->save_for_backward({x, weight, bias, gamma, beta, sum, moments});
        context->saved_data["bfloat16"] = is_bfloat16;
        context->saved_data["probability"] = probability;
        context->saved_data["key"] = static_cast<int64_t>(dropout.key);
        return y;
    }

    static variable_list backward(AutogradContext *context, const variable_list &gradients) {
        variable_list result(8);
        if (!gradients[0].defined()) return result;
        const auto saved = context->get_saved_variables();
        const at::Tensor &bias = saved[2], &gamma = saved[3], &beta = saved[4], &sum = saved[5];
        const at::Tensor &moments = saved[6];
        const Dropout dropout{
            static_cast<float>(context->saved_data["probability"].toDouble()),
            static_cast<uint64_t>(context->saved_data["key"].toInt())};
        const int64_t rows = sum.size(0), width = sum.size(1);
        const at::Tensor dy = as_rows(gradients[0]);
        const at::Tensor d_residual = at::empty(gradients[0].sizes(), at::kFloat);
        const at::Tensor d_x = dropout.probability > 0 ? at::empty_like(d_residual) : d_residual;

        const RowSums d_gamma(rows, width), d_beta(rows, width), d_bias(rows, width);
        for_row_chunks(rows, [&](int64_t chunk, int64_t begin, int64_t end) {
            const NormBackward norm{dy.const_data_ptr<float>(), sum.const_data_ptr<float>(),
                                    moments.const_data_ptr<float>(),
                                    moments.const_data_ptr<float>() + rows,
                                    gamma.const_data_ptr<float>(), d_residual.data_ptr<float>(),
                                    d_x.data_ptr<float>(), d_gamma.chunk(chunk),
                                    d_beta.chunk(chunk), d_bias.chunk(chunk), width, dropout};
            kernels().norm_backward(norm, begin, end);
        });

        const LinearLayer layer(as_rows(saved[0]), saved[1], bias,
                                context->saved_data["bfloat16"].toBool());
        const float *dense = d_x.const_data_ptr<float>();
        if (saved[0].requires_grad()) {
            result[input_x] = at::empty(saved[0].sizes(), at::kFloat);
            layer.input_gradient(dense, result[input_x].data_ptr<float>());
        }
        if (saved[1].requires_grad()) {
            result[input_weight] = layer.weight_gradient(dense);
        }
        if (needs_gradient(bias)) {
            result[input_bias] = d_bias.finish(bias);
        }
        result[input_residual] = d_residual;
        if (gamma.requires_grad()) result[input_gamma] = d_gamma.finish(gamma);
        if (beta.requires_grad()) result[input_beta] = d_beta.finish(beta);
        return result;
    }
};

} // namespace

at::Tensor fused_residual_norm(const at::Tensor &x, const at::Tensor &weight,
                               const at::Tensor &bias, const at::Tensor &residual,
                               const NormParameters &norm, double dropout) {
    return ResidualNormFunction::apply(x, weight, optional(bias), residual, norm.gamma.contiguous(),
                                       norm.beta.contiguous(), norm.epsilon, dropout);
}

} // namespace tt
