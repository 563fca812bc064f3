#include "attention.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>

#include <algorithm>
#include <cmath>

namespace tt {
namespace {

/// The inputs in the order in which autograd knows them: x, then weight and bias of each projection.
constexpr int64_t projections = 3;
constexpr std::size_t weight_input(int64_t projection) { return 1 + 2 * projection; }
constexpr std::size_t bias_input(int64_t projection) { return 2 + 2 * projection; }

/// Sequences, heads and dropout, kept for the backward pass.
struct Plan {
    std::vector<int64_t> offsets;
    int64_t heads;
    Dropout dropout;

    void save(AutogradContext *context) const {
        context->saved_data["offsets"] = offsets;
        context->saved_data["heads"] = heads;
        tt::save(dropout, context);
    }

    explicit Plan(AutogradContext *context)
        : offsets(context->saved_data["offsets"].toIntVector()),
          heads(context->saved_data["heads"].toInt()),
          dropout(saved_dropout(context)) {}

    Plan(std::vector<int64_t> offsets, int64_t heads, double probability)
        : offsets(std::move(offsets)), heads(heads), dropout(draw_dropout(probability)) {}

    /// Throws unless the sequences lie in order within `rows`.
    void check(int64_t rows, int64_t width) const {
        TORCH_CHECK_VALUE(heads > 0 && width % heads == 0, "a width of ", width,
                          " does not divide into ", heads, " heads");
        TORCH_CHECK_VALUE(!offsets.empty() && offsets.front() == 0 && offsets.back() == rows &&
                              std::is_sorted(offsets.begin(), offsets.end()),
                          "the sequences do not cover the rows in order");
    }

    /// The kernel's arguments; qkv is [N, 3W], the three outputs side by side.
    Attention arguments(const at::Tensor &qkv, const at::Tensor &out, const at::Tensor &lse) const {
        const int64_t width = out.size(1);
        Attention a;
        a.rows = static_cast<int64_t>(offsets.size()) - 1;
        a.heads = heads;
        a.width = width / heads;
        a.offsets = offsets.data();
        a.scale = static_cast<float>(1 / std::sqrt(static_cast<double>(a.width)));
        a.dropout = dropout;
        a.query = qkv.const_data_ptr<float>();
        a.key = a.query + width;
        a.value = a.key + width;
        a.stride = projections * width;
        a.out = out.data_ptr<float>();
        a.out_stride = width;
        a.lse = lse.data_ptr<float>();
        return a;
    }
};

/// Runs `body(part, parts, scratch)` for all parts, with the memory of the thread that has it.
template <class Body> void for_parts(int64_t width, Body &&body) {
    const int64_t parts = part_count(), size = kernels().attention_scratch(width);
    const at::Tensor scratch = at::empty({thread_count(), size}, at::kFloat);
    parallel_items(parts, [&](int64_t worker, int64_t part) {
        body(part, parts, scratch.data_ptr<float>() + worker * size);
    });
}

using OptionalVariable = std::optional<Variable>;

struct AttentionFunction : torch::autograd::Function<AttentionFunction> {
    static Variable forward(AutogradContext *context, const Variable &x,
                            const Variable &query_weight, const OptionalVariable &query_bias,
                            const Variable &key_weight, const OptionalVariable &key_bias,
                            const Variable &value_weight, const OptionalVariable &value_bias,
                            const std::vector<int64_t> &offsets, int64_t heads,
                            double probability) {
        const bool is_bfloat16 = is_autocast_bfloat16();
        const std::vector<Projection> parameters{
            {query_weight, query_bias.value_or(at::Tensor())},
            {key_weight, key_bias.value_or(at::Tensor())},
            {value_weight, value_bias.value_or(at::Tensor())}};
        const at::Tensor rows = as_rows(x);
        const int64_t width = query_weight.size(0), count = rows.size(0);
        const Plan plan(offsets, heads, probability);
        plan.check(count, width);

        const LinearLayers layers(parameters, is_bfloat16);
        const at::Tensor qkv = at::empty({count, layers.width}, at::kFloat);
        layers.forward_with_bias(count, layers.operand(rows), qkv.data_ptr<float>());
        variable_list saved{x};
        for (const auto &[weight, bias] : parameters) saved.insert(saved.end(), {weight, bias});
        at::Tensor out = at::empty({count, width}, at::kFloat);
        const at::Tensor lse = at::empty({heads, count}, at::kFloat);
        const Attention arguments = plan.arguments(qkv, out, lse);
        for_parts(arguments.width, [&](int64_t part, int64_t parts, float *scratch) {
            kernels().attention(arguments, part, parts, scratch);
        });
        saved.insert(saved.end(), {qkv, lse, out});
        context->save_for_backward(saved);
        context->saved_data["bfloat16"] = is_bfloat16;
        plan.save(context);
        return out;
    }

    static variable_list backward(AutogradContext *context, const variable_list &gradients) {
        variable_list result(10);
        if (!gradients[0].defined()) return result;
        const variable_list saved = context->get_saved_variables();
        const at::Tensor &x = saved[0], &qkv = saved[7], &lse = saved[8], &out = saved[9];
        const bool is_bfloat16 = context->saved_data["bfloat16"].toBool();
        const Plan plan(context);
        const int64_t width = out.size(1), stride = projections * width;
        const at::Tensor dout = gradients[0].contiguous(), d_qkv = at::empty_like(qkv);
        float *columns = d_qkv.data_ptr<float>();

        const Attention arguments = plan.arguments(qkv, out, lse);
        AttentionGradients targets;
        targets.out = dout.const_data_ptr<float>();
        targets.out_stride = width;
        targets.query = columns;
        targets.key = columns + width;
        targets.value = columns + 2 * width;
        targets.stride = stride;
        for_parts(arguments.width, [&](int64_t part, int64_t parts, float *scratch) {
            kernels().attention_backward(arguments, targets, part, parts, scratch);
        });

        const LinearLayers layers({{saved[weight_input(0)], saved[bias_input(0)]},
                                   {saved[weight_input(1)], saved[bias_input(1)]},
                                   {saved[weight_input(2)], saved[bias_input(2)]}},
                                  is_bfloat16);
        const int64_t rows = qkv.size(0);
        const Operand dy = layers.operand(columns, rows, stride);
        if (x.requires_grad()) {
            result[0] = at::empty(x.sizes(), at::kFloat);
            layers.input_gradient(rows, dy, {result[0].data_ptr<float>(), layers.inputs});
        }
        const at::Tensor inputs = as_rows(x);
        const InputRows input = input_rows(inputs, is_bfloat16);
        for (int64_t i = 0; i < projections; i++, columns += width) {
            const at::Tensor &weight = saved[weight_input(i)], &bias = saved[bias_input(i)];
            if (weight.requires_grad()) {
                result[weight_input(i)] = layers.weight_gradient(i, rows, dy, input);
            }
            if (needs_gradient(bias)) {
                result[bias_input(i)] = bias_gradient(bias, columns, rows, stride);
            }
        }
        return result;
    }
};

} // namespace

at::Tensor fused_attention(const at::Tensor &x, const Projection &query, const Projection &key,
                           const Projection &value, const std::vector<int64_t> &offsets,
                           int64_t heads, double dropout) {
    return AttentionFunction::apply(x, query.weight, optional(query.bias), key.weight,
                                    optional(key.bias), value.weight, optional(value.bias), offsets,
                                    heads, dropout);
}

} // namespace tt
