#include "linear.h"

#include <ATen/ops/empty.h>

namespace tt {
namespace {

/// Adds the bias to a finished tile.
struct BiasEpilogue {
    float *y;
    const float *bias;
    int64_t stride;

    static void run(const void *context, const Tile &t) {
        const auto &self = *static_cast<const BiasEpilogue *>(context);
        kernels().add_bias(self.y + t.row * self.stride + t.column, self.bias + t.column, t.rows,
                           t.columns, self.stride);
    }
};

} // namespace

LinearLayer::LinearLayer(const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias,
                         bool is_bfloat16, int64_t output_stride)
    : x(x), weight(weight.contiguous()), is_bfloat16(is_bfloat16),
      operand(this->weight, is_bfloat16) {
    check_operand(x, "the input");
    check_operand(weight, "the weight");
    TORCH_CHECK_VALUE(weight.dim() == 2, "the weight is not a matrix");
    check_sizes(x, {x.size(0), weight.size(1)}, "the input");
    if (bias.defined()) {
        check_operand(bias, "the bias");
        check_sizes(bias, {weight.size(0)}, "the bias");
    }
    shape = {x.size(0), weight.size(1), weight.size(0),
             output_stride > 0 ? output_stride : weight.size(0)};
}

void LinearLayer::forward(float *y, Epilogue epilogue) const {
    if (shape.rows == 0) return;
    linear_forward(shape, x.const_data_ptr<float>(), operand.data, operand.shadow, y, epilogue);
}

void LinearLayer::forward_with_bias(const at::Tensor &bias, float *y) const {
    if (!bias.defined()) return forward(y);
    const BiasEpilogue epilogue{y, bias.const_data_ptr<float>(), shape.output_stride};
    forward(y, {BiasEpilogue::run, &epilogue});
}

void LinearLayer::input_gradient(const float *dy, float *dx, bool accumulate) const {
    if (shape.rows == 0) return;
    linear_input_gradient(shape, dy, operand.data, operand.shadow, dx, accumulate);
}

at::Tensor LinearLayer::weight_gradient(const float *dy) const {
    const ParameterGradient gradient(weight);
    if (shape.rows == 0) {
        gradient.clear_if_new();
        return gradient.result();
    }
    linear_weight_gradient(shape, dy, x.const_data_ptr<float>(), gradient.data(), is_bfloat16,
                           gradient.accumulates());
    return gradient.result();
}

namespace {

/// The gradients of x and weight, where they are asked for.
void linear_gradients(const LinearLayer &layer, const variable_list &saved, const float *dy,
                      variable_list &result) {
    if (saved[0].requires_grad()) {
        result[0] = at::empty(saved[0].sizes(), at::kFloat);
        layer.input_gradient(dy, result[0].data_ptr<float>());
    }
    if (saved[1].requires_grad()) result[1] = layer.weight_gradient(dy);
}

struct LinearFunction : torch::autograd::Function<LinearFunction> {
    static Variable forward(AutogradContext *context, const Variable &x, const Variable &weight,
                            const std::optional<Variable> &maybe_bias) {
        const bool is_bfloat16 = is_autocast_bfloat16();
        const at::Tensor rows = as_rows(x), bias = maybe_bias.value_or(at::Tensor());
        const LinearLayer layer(rows, weight, bias, is_bfloat16);
        at::Tensor y = at::empty(with_width(x.sizes(), layer.shape.outputs), at::kFloat);
        layer.forward_with_bias(bias, y.data_ptr<float>());
        context->save_for_backward({x, weight, bias});
        context->saved_data["bfloat16"] = is_bfloat16;
        return y;
    }

    static variable_list backward(AutogradContext *context, const variable_list &gradients) {
        variable_list result(3);
        if (!gradients[0].defined()) return result;
        const auto saved = context->get_saved_variables();
        const at::Tensor dy = as_rows(gradients[0]);
        const LinearLayer layer(as_rows(saved[0]), saved[1], saved[2],
                                context->saved_data["bfloat16"].toBool());
        linear_gradients(layer, saved, dy.const_data_ptr<float>(), result);
        if (needs_gradient(saved[2])) {
            result[2] = bias_gradient(saved[2], dy.const_data_ptr<float>(), dy.size(0), dy.size(1));
        }
        return result;
    }
};

/// Adds the bias to a finished tile and applies the activation.
struct GeluEpilogue {
    float *pre, *act;
    const float *bias;
    int64_t stride;
    Gelu form;

    static void run(const void *context, const Tile &t) {
        const auto &self = *static_cast<const GeluEpilogue *>(context);
        const int64_t place = t.row * self.stride + t.column;
        kernels().bias_gelu(self.pre + place, self.bias ? self.bias + t.column : nullptr,
                            self.act + place, t.rows, t.columns, self.stride, self.form);
    }
};

struct LinearGeluFunction : torch::autograd::Function<LinearGeluFunction> {
    static Variable forward(AutogradContext *context, const Variable &x, const Variable &weight,
                            const std::optional<Variable> &maybe_bias, bool is_exact) {
        const bool is_bfloat16 = is_autocast_bfloat16();
        const at::Tensor rows = as_rows(x), bias = maybe_bias.value_or(at::Tensor());
        const LinearLayer layer(rows, weight, bias, is_bfloat16);
        const int64_t width = layer.shape.outputs;
        at::Tensor pre = at::empty({rows.size(0), width}, at::kFloat);
        at::Tensor act = at::empty(with_width(x.sizes(), width), at::kFloat);
        const GeluEpilogue epilogue{pre.data_ptr<float>(), act.data_ptr<float>(),
                                    bias.defined() ? bias.const_data_ptr<float>() : nullptr, width,
                                    is_exact ? Gelu::exact : Gelu::tanh};
        layer.forward(epilogue.pre, {GeluEpilogue::run, &epilogue});
        context->save_for_backward({x, weight, bias, pre});
        context->saved_data["bfloat16"] = is_bfloat16;
        context->saved_data["exact"] = is_exact;
        return act;
    }

    static variable_list backward(AutogradContext *context, const variable_list &gradients) {
        variable_list result(4);
        if (!gradients[0].defined()) return result;
        const auto saved = context->get_saved_variables();
        const at::Tensor &bias = saved[2], &pre = saved[3];
        const at::Tensor d_act = as_rows(gradients[0]);
        const int64_t rows = pre.size(0), width = pre.size(1);
        const Gelu form = context->saved_data["exact"].toBool() ? Gelu::exact : Gelu::tanh;
        const at::Tensor d_pre = at::empty({rows, width}, at::kFloat);
        const RowSums sums(rows, width);
        for_row_chunks(rows, [&](int64_t chunk, int64_t begin, int64_t end) {
            kernels().gelu_backward(d_act.const_data_ptr<float>() + begin * width,
                                    pre.const_data_ptr<float>() + begin * width,
                                    d_pre.data_ptr<float>() + begin * width, end - begin, width,
                                    width, form, sums.chunk(chunk));
        });
        const LinearLayer layer(as_rows(saved[0]), saved[1], bias,
                                context->saved_data["bfloat16"].toBool());
        linear_gradients(layer, saved, d_pre.const_data_ptr<float>(), result);
        if (needs_gradient(bias)) result[2] = sums.finish(bias);
        return result;
    }
};

} // namespace

at::Tensor fused_linear(const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias) {
    return LinearFunction::apply(x, weight, optional(bias));
}

at::Tensor fused_linear_gelu(const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias,
                             Gelu form) {
    return LinearGeluFunction::apply(x, weight, optional(bias), form == Gelu::exact);
}

} // namespace tt
