#include "residual.h"

#include <ATen/ops/empty.h>

namespace tt {

ResidualNorm::ResidualNorm(const at::Tensor &residual, const at::Tensor &bias,
                           const NormParameters &norm, double probability, int64_t rows,
                           int64_t width)
    : sum(at::empty({rows, width}, at::kFloat)), moments(at::empty({2, rows}, at::kFloat)),
      dropout(draw_dropout(probability)), residual(residual), bias(bias), norm(norm) {
    check_operand(residual, "the residual");
    check_sizes(residual, {rows, width}, "the residual");
    for (const auto *parameter : {&norm.gamma, &norm.beta}) {
        check_operand(*parameter, "a parameter of the normalisation");
        check_sizes(*parameter, {width}, "a parameter of the normalisation");
    }
}

at::Tensor ResidualNorm::forward(at::IntArrayRef sizes) const {
    const int64_t rows = sum.size(0);
    at::Tensor y = at::empty(sizes, at::kFloat);
    const NormForward arguments{sum.data_ptr<float>(),
                                bias.defined() ? bias.const_data_ptr<float>() : nullptr,
                                residual.const_data_ptr<float>(),
                                norm.gamma.const_data_ptr<float>(),
                                norm.beta.const_data_ptr<float>(), sum.data_ptr<float>(),
                                y.data_ptr<float>(), moments.data_ptr<float>(),
                                moments.data_ptr<float>() + rows, sum.size(1),
                                static_cast<float>(norm.epsilon), dropout};
    parallel(rows, 8,
             [&](int64_t begin, int64_t end) { kernels().norm_forward(arguments, begin, end); });
    return y;
}

ResidualNormGradients::ResidualNormGradients(const at::Tensor &dy, const at::Tensor &sum,
                                             const at::Tensor &moments, const at::Tensor &norm_gamma,
                                             const Dropout &dropout, bool is_bfloat16)
    : residual(at::empty(sum.sizes(), at::kFloat)), gamma(sum.size(0), sum.size(1)),
      beta(sum.size(0), sum.size(1)), bias(sum.size(0), sum.size(1)) {
    const int64_t rows = sum.size(0), width = sum.size(1);
    const bool is_same = !is_bfloat16 && dropout.probability == 0;
    d_z = is_same ? residual : at::empty(sum.sizes(), is_bfloat16 ? at::kBFloat16 : at::kFloat);
    auto *half = is_bfloat16 ? reinterpret_cast<uint16_t *>(d_z.data_ptr<c10::BFloat16>()) : nullptr;
    float *single = is_bfloat16 ? residual.data_ptr<float>() : d_z.data_ptr<float>();
    for_row_chunks(rows, [&](int64_t chunk, int64_t begin, int64_t end) {
        const NormBackward arguments{
            dy.const_data_ptr<float>(), sum.const_data_ptr<float>(),
            moments.const_data_ptr<float>(), moments.const_data_ptr<float>() + rows,
            norm_gamma.const_data_ptr<float>(), residual.data_ptr<float>(), single, half,
            gamma.chunk(chunk), beta.chunk(chunk), bias.chunk(chunk), width, dropout};
        kernels().norm_backward(arguments, begin, end);
    });
}

Rows ResidualNormGradients::z() const {
    if (d_z.scalar_type() == at::kFloat) return {d_z.const_data_ptr<float>(), nullptr, d_z.size(1)};
    return {nullptr, d_z.const_data_ptr<c10::BFloat16>(), d_z.size(1)};
}

namespace {

struct ResidualNormFunction : torch::autograd::Function<ResidualNormFunction> {
    static Variable forward(AutogradContext *context, const Variable &x, const Variable &weight,
                            const std::optional<Variable> &maybe_bias, const Variable &residual,
                            const Variable &gamma, const Variable &beta, double epsilon,
                            double probability) {
        const at::Tensor rows = as_rows(x), base = as_rows(residual);
        const at::Tensor bias = maybe_bias.value_or(at::Tensor());
        const LinearLayers layer({{weight, bias}}, is_autocast_bfloat16());
        const Operand operand = layer.operand(rows);
        const ResidualNorm norm(base, bias, {gamma, beta, epsilon}, probability, rows.size(0),
                                layer.outputs);
        layer.forward(rows.size(0), operand, {norm.sum.data_ptr<float>(), layer.outputs});
        const at::Tensor y = norm.forward(residual.sizes());
        context->save_for_backward({x, weight, bias, gamma, beta, norm.sum, norm.moments});
        context->saved_data["bfloat16"] = layer.is_bfloat16;
        save(norm.dropout, context);
        return y;
    }

    static variable_list backward(AutogradContext *context, const variable_list &gradients) {
        variable_list result(8);
        if (!gradients[0].defined()) return result;
        const auto saved = context->get_saved_variables();
        const at::Tensor &x = saved[0], &weight = saved[1], &bias = saved[2];
        const at::Tensor &gamma = saved[3], &beta = saved[4];
        const LinearLayers layer({{weight, bias}}, context->saved_data["bfloat16"].toBool());
        const at::Tensor dy = as_rows(gradients[0]);
        const int64_t rows = dy.size(0);
        const ResidualNormGradients d(dy, saved[5], saved[6], gamma, saved_dropout(context),
                                      layer.is_bfloat16);
        if (x.requires_grad()) {
            result[0] = at::empty(x.sizes(), at::kFloat);
            layer.input_gradient(rows, d.z(), {result[0].data_ptr<float>(), layer.inputs});
        }
        if (weight.requires_grad()) {
            const at::Tensor inputs = as_rows(x);
            result[1] =
                layer.weight_gradient(0, rows, d.z(), input_rows(inputs, layer.is_bfloat16));
        }
        if (needs_gradient(bias)) result[2] = d.bias.finish(bias);
        result[3] = d.residual.view(gradients[0].sizes());
        if (gamma.requires_grad()) result[4] = d.gamma.finish(gamma);
        if (beta.requires_grad()) result[5] = d.beta.finish(beta);
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
