#include "attention.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>

#include <algorithm>
#include <cmath>

namespace tt {
namespace {

/// The inputs in the order in which autograd knows them: the rows of keys, those of queries where
/// they are others, then weight and bias of each projection.
enum Input : std::size_t { key_rows, query_rows, first_parameter, input_count = 8 };
constexpr std::size_t projections = 3;
constexpr std::size_t weight_input(std::size_t projection) {
    return first_parameter + 2 * projection;
}
constexpr std::size_t bias_input(std::size_t projection) { return weight_input(projection) + 1; }
static_assert(bias_input(projections - 1) + 1 == input_count);

/// Consecutive projections of the same rows, computed as one product with their outputs side by side.
struct JointProjections {
    std::size_t input, first, count;
};

/// All three of the same rows, or the queries for themselves.
std::vector<JointProjections> joint_projections(bool has_queries) {
    if (!has_queries) return {{key_rows, 0, 3}};
    return {{query_rows, 0, 1}, {key_rows, 1, 2}};
}

LinearLayers layers_of(const JointProjections &joint, const variable_list &inputs,
                       bool is_bfloat16) {
    std::vector<Projection> parameters;
    for (std::size_t i = joint.first; i < joint.first + joint.count; i++) {
        parameters.push_back({inputs[weight_input(i)], inputs[bias_input(i)]});
    }
    return LinearLayers(parameters, is_bfloat16);
}

/// The columns of one projection within the joint products.
float *columns_of(std::size_t projection, const variable_list &products, int64_t width,
                  int64_t &stride) {
    const bool is_joint = products.size() == 1;
    const at::Tensor &product = products[is_joint || projection == 0 ? 0 : 1];
    stride = product.size(1);
    const std::size_t block = is_joint || projection == 0 ? projection : projection - 1;
    return product.data_ptr<float>() + static_cast<int64_t>(block) * width;
}

/// Throws unless the sequences lie in order within `rows`.
void check_offsets(const std::vector<int64_t> &offsets, int64_t rows) {
    TORCH_CHECK_VALUE(!offsets.empty() && offsets.front() == 0 && offsets.back() == rows &&
                          std::is_sorted(offsets.begin(), offsets.end()),
                      "the sequences do not cover the rows in order");
}

/// Sequences, heads and dropout, kept for the backward pass.
struct Plan {
    std::vector<int64_t> query_offsets, key_offsets;
    int64_t heads;
    Dropout dropout;

    Plan(std::vector<int64_t> queries, std::vector<int64_t> keys, int64_t heads,
         double probability)
        : query_offsets(std::move(queries)), key_offsets(std::move(keys)), heads(heads),
          dropout(draw_dropout(probability)) {}

    explicit Plan(AutogradContext *context)
        : query_offsets(context->saved_data["query_offsets"].toIntVector()),
          key_offsets(context->saved_data["key_offsets"].toIntVector()),
          heads(context->saved_data["heads"].toInt()), dropout(saved_dropout(context)) {}

    void save(AutogradContext *context) const {
        context->saved_data["query_offsets"] = query_offsets;
        context->saved_data["key_offsets"] = key_offsets;
        context->saved_data["heads"] = heads;
        tt::save(dropout, context);
    }

    void check(int64_t queries, int64_t keys, int64_t width) const {
        TORCH_CHECK_VALUE(heads > 0 && width % heads == 0, "a width of ", width,
                          " does not divide into ", heads, " heads");
        check_offsets(query_offsets, queries);
        check_offsets(key_offsets, keys);
        bool match = query_offsets.size() == key_offsets.size();
        for (std::size_t i = 1; match && i < key_offsets.size(); i++) {
            match = (key_offsets[i] > key_offsets[i - 1]) ==
                    (query_offsets[i] > query_offsets[i - 1]);
        }
        TORCH_CHECK_VALUE(match, "a sequence has queries but no keys, or keys but no queries");
    }

    /// The kernel's arguments for the products of `joint_projections`.
    Attention arguments(const variable_list &products, const at::Tensor &out,
                        const at::Tensor &lse) const {
        const int64_t width = out.size(1);
        Attention a;
        a.rows = static_cast<int64_t>(key_offsets.size()) - 1;
        a.heads = heads;
        a.width = width / heads;
        a.query_offsets = query_offsets.data();
        a.key_offsets = key_offsets.data();
        a.scale = static_cast<float>(1 / std::sqrt(static_cast<double>(a.width)));
        a.dropout = dropout;
        a.query = columns_of(0, products, width, a.query_stride);
        a.key = columns_of(1, products, width, a.stride);
        a.value = columns_of(2, products, width, a.stride);
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
    static Variable forward(AutogradContext *context, const Variable &keys,
                            const OptionalVariable &queries, const Variable &query_weight,
                            const OptionalVariable &query_bias, const Variable &key_weight,
                            const OptionalVariable &key_bias, const Variable &value_weight,
                            const OptionalVariable &value_bias,
                            const std::vector<int64_t> &query_offsets,
                            const std::vector<int64_t> &key_offsets, int64_t heads,
                            double probability) {
        const bool is_bfloat16 = is_autocast_bfloat16();
        const auto given = [](const OptionalVariable &x) { return x.value_or(at::Tensor()); };
        variable_list saved{keys,
                            given(queries),
                            query_weight,
                            given(query_bias),
                            key_weight,
                            given(key_bias),
                            value_weight,
                            given(value_bias)};
        const Plan plan(query_offsets, key_offsets, heads, probability);
        const int64_t width = query_weight.size(0);
        const int64_t count = as_rows(queries.value_or(keys)).size(0);
        plan.check(count, as_rows(keys).size(0), width);

        variable_list products;
        for (const auto &joint : joint_projections(queries.has_value())) {
            const LinearLayers layers = layers_of(joint, saved, is_bfloat16);
            TORCH_CHECK_VALUE(layers.outputs == width, "the projections differ in width");
            const at::Tensor rows = as_rows(saved[joint.input]);
            products.push_back(at::empty({rows.size(0), layers.width}, at::kFloat));
            layers.forward_with_bias(rows.size(0), layers.operand(rows),
                                     products.back().data_ptr<float>());
        }
        at::Tensor out = at::empty({count, width}, at::kFloat);
        const at::Tensor lse = at::empty({heads, count}, at::kFloat);
        const Attention arguments = plan.arguments(products, out, lse);
        for_parts(arguments.width, [&](int64_t part, int64_t parts, float *scratch) {
            kernels().attention(arguments, part, parts, scratch);
        });
        saved.insert(saved.end(), {lse, out});
        saved.insert(saved.end(), products.begin(), products.end());
        context->save_for_backward(saved);
        context->saved_data["bfloat16"] = is_bfloat16;
        plan.save(context);
        return out;
    }

    static variable_list backward(AutogradContext *context, const variable_list &gradients) {
        variable_list result(input_count + 4);
        if (!gradients[0].defined()) return result;
        const variable_list saved = context->get_saved_variables();
        const at::Tensor &lse = saved[input_count], &out = saved[input_count + 1];
        const variable_list products(saved.begin() + input_count + 2, saved.end());
        const bool is_bfloat16 = context->saved_data["bfloat16"].toBool();
        const Plan plan(context);
        const int64_t width = out.size(1);
        const at::Tensor dout = gradients[0].contiguous();
        variable_list d_products;
        for (const at::Tensor &product : products) d_products.push_back(at::empty_like(product));

        const Attention arguments = plan.arguments(products, out, lse);
        AttentionGradients targets;
        targets.out = dout.const_data_ptr<float>();
        targets.out_stride = width;
        targets.query = columns_of(0, d_products, width, targets.query_stride);
        targets.key = columns_of(1, d_products, width, targets.stride);
        targets.value = columns_of(2, d_products, width, targets.stride);
        for_parts(arguments.width, [&](int64_t part, int64_t parts, float *scratch) {
            kernels().attention_backward(arguments, targets, part, parts, scratch);
        });

        std::size_t index = 0;
        for (const auto &joint : joint_projections(products.size() > 1)) {
            projection_gradients(joint, saved, d_products[index++], is_bfloat16, result);
        }
        return result;
    }

  private:
    /// The gradients of rows and parameters from those of a joint product.
    static void projection_gradients(const JointProjections &joint, const variable_list &saved,
                                     const at::Tensor &d_product, bool is_bfloat16,
                                     variable_list &result) {
        const LinearLayers layers = layers_of(joint, saved, is_bfloat16);
        const at::Tensor &x = saved[joint.input];
        const int64_t rows = d_product.size(0);
        const float *columns = d_product.const_data_ptr<float>();
        const Operand dy = layers.operand(columns, rows, layers.width);
        if (x.requires_grad()) {
            result[joint.input] = at::empty(x.sizes(), at::kFloat);
            layers.input_gradient(rows, dy,
                                  {result[joint.input].data_ptr<float>(), layers.inputs});
        }
        const at::Tensor inputs = as_rows(x);
        const InputRows input = input_rows(inputs, is_bfloat16);
        for (std::size_t i = 0; i < joint.count; i++, columns += layers.outputs) {
            const std::size_t projection = joint.first + i;
            if (saved[weight_input(projection)].requires_grad()) {
                result[weight_input(projection)] = layers.weight_gradient(i, rows, dy, input);
            }
            const at::Tensor &bias = saved[bias_input(projection)];
            if (needs_gradient(bias)) {
                result[bias_input(projection)] = bias_gradient(bias, columns, rows, layers.width);
            }
        }
    }
};

} // namespace

at::Tensor fused_attention(const Sequences &queries, const Sequences &keys,
                           const AttentionProjections &projections, int64_t heads,
                           double dropout) {
    const auto &[query, key, value] = projections;
    return AttentionFunction::apply(
        keys.x, queries.x.is_same(keys.x) ? std::nullopt : std::optional(queries.x), query.weight,
        optional(query.bias), key.weight, optional(key.bias), value.weight, optional(value.bias),
        queries.offsets, keys.offsets, heads, dropout);
}

} // namespace tt
