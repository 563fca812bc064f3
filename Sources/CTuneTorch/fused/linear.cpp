#include "linear.h"

#include "gradient_squares.h"

#include <ATen/ops/empty.h>

namespace tt {
namespace {

/// Adds the biases to a finished tile.
struct BiasEpilogue {
    const std::vector<Projection> &layers;
    int64_t outputs;

    static void run(const void *context, const Tile &t) {
        const auto &self = *static_cast<const BiasEpilogue *>(context);
        for (int64_t column = t.column, end = t.column + t.columns; column < end;) {
            const int64_t layer = column / self.outputs, first = column % self.outputs;
            const int64_t count = std::min(end - column, self.outputs - first);
            const at::Tensor &bias = self.layers[layer].bias;
            if (bias.defined()) {
                kernels().add_bias(t.values + (column - t.column),
                                   bias.const_data_ptr<float>() + first, t.rows, count, t.stride);
            }
            column += count;
        }
    }
};

} // namespace

LinearLayers::LinearLayers(const std::vector<Projection> &parameters, bool is_bfloat16)
    : is_bfloat16(is_bfloat16) {
    const at::Tensor &first = parameters.front().weight;
    TORCH_CHECK_VALUE(first.dim() == 2, "the weight is not a matrix");
    outputs = first.size(0);
    inputs = first.size(1);
    width = outputs * static_cast<int64_t>(parameters.size());
    for (const auto &[weight, bias] : parameters) {
        check_operand(weight, "the weight");
        check_sizes(weight, first.sizes(), "the weight");
        if (bias.defined()) {
            check_operand(bias, "the bias");
            check_sizes(bias, {outputs}, "the bias");
        }
        layers.push_back({weight.contiguous(), bias});
        const at::Tensor &dense = layers.back().weight;
        if (is_bfloat16) {
            shadows.push_back(shadow_of(dense));
            weights.push_back({nullptr, shadows.back().const_data_ptr<c10::BFloat16>(), inputs});
        } else {
            weights.push_back({dense.const_data_ptr<float>(), nullptr, inputs});
        }
    }
}

Operand LinearLayers::operand(const at::Tensor &rows) const {
    check_operand(rows, "the input");
    check_sizes(rows, {rows.size(0), inputs}, "the input");
    return Operand(rows.const_data_ptr<float>(), rows.size(0), inputs, inputs, is_bfloat16);
}

Operand LinearLayers::operand(const float *rows, int64_t count, int64_t stride) const {
    return Operand(rows, count, width, stride, is_bfloat16);
}

void LinearLayers::forward(int64_t rows, Rows x, Result y) const {
    if (rows > 0) linear_forward(shape(rows), x, weights, y);
}

void LinearLayers::forward_with_bias(int64_t rows, Rows x, float *y) const {
    const BiasEpilogue epilogue{layers, outputs};
    const bool has_bias = std::any_of(layers.begin(), layers.end(),
                                      [](const auto &layer) { return layer.bias.defined(); });
    Result result{.values = y, .stride = width};
    if (has_bias) result.epilogue = {BiasEpilogue::run, &epilogue};
    forward(rows, x, result);
}

void LinearLayers::input_gradient(int64_t rows, Rows dy, Result dx) const {
    if (rows > 0) linear_input_gradient(shape(rows), dy, weights, dx);
}

at::Tensor LinearLayers::weight_gradient(std::size_t layer, int64_t rows, Rows dy,
                                         const InputRows &x) const {
    const at::Tensor &weight = layers[layer].weight;
    const ParameterGradient gradient(weight);
    if (rows == 0) {
        gradient.clear_if_new();
        return gradient.result();
    }
    const std::optional<double> squares =
        linear_weight_gradient(shape(rows), dy.from(static_cast<int64_t>(layer) * outputs), x,
                               gradient.data(), gradient.accumulates());
    if (squares) remember_squares(gradient.tensor(), *squares);
    return gradient.result();
}

InputRows input_rows(const at::Tensor &x, bool is_bfloat16) {
    return InputRows(x.const_data_ptr<float>(), x.size(0), x.size(1), is_bfloat16);
}

namespace {

struct LinearFunction : torch::autograd::Function<LinearFunction> {
    static Variable forward(AutogradContext *context, const Variable &x, const Variable &weight,
                            const std::optional<Variable> &maybe_bias) {
        const at::Tensor rows = as_rows(x), bias = maybe_bias.value_or(at::Tensor());
        const LinearLayers layer({{weight, bias}}, is_autocast_bfloat16());
        at::Tensor y = at::empty(with_width(x.sizes(), layer.outputs), at::kFloat);
        layer.forward_with_bias(rows.size(0), layer.operand(rows), y.data_ptr<float>());
        context->save_for_backward({x, weight, bias});
        context->saved_data["bfloat16"] = layer.is_bfloat16;
        return y;
    }

    static variable_list backward(AutogradContext *context, const variable_list &gradients) {
        variable_list result(3);
        if (!gradients[0].defined()) return result;
        const auto saved = context->get_saved_variables();
        const at::Tensor &x = saved[0], &weight = saved[1], &bias = saved[2];
        const LinearLayers layer({{weight, bias}}, context->saved_data["bfloat16"].toBool());
        const at::Tensor d_rows = as_rows(gradients[0]);
        const int64_t rows = d_rows.size(0);
        const Operand dy = layer.operand(d_rows.const_data_ptr<float>(), rows, layer.width);
        if (x.requires_grad()) {
            result[0] = at::empty(x.sizes(), at::kFloat);
            layer.input_gradient(rows, dy, {result[0].data_ptr<float>(), layer.inputs});
        }
        if (weight.requires_grad()) {
            const at::Tensor inputs = as_rows(x);
            result[1] = layer.weight_gradient(0, rows, dy, input_rows(inputs, layer.is_bfloat16));
        }
        if (needs_gradient(bias)) {
            result[2] = bias_gradient(bias, d_rows.const_data_ptr<float>(), rows, layer.width);
        }
        return result;
    }
};

} // namespace

at::Tensor fused_linear(const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias) {
    return LinearFunction::apply(x, weight, optional(bias));
}

} // namespace tt
