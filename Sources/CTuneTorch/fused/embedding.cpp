#include "embedding.h"
#include "support.h"
#include "table_gradients.h"

#include <ATen/ops/empty.h>

namespace tt {
namespace {

/// Throws unless ids are int64 and all in the table.
void check_ids(const at::Tensor &ids, const at::Tensor &table, const char *name) {
    check_operand(table, "an embedding table");
    TORCH_CHECK_VALUE(ids.is_cpu() && ids.scalar_type() == at::kLong, "the ", name,
                      " ids are not int64 on the CPU");
    const int64_t *id = ids.const_data_ptr<int64_t>();
    for (int64_t i = 0; i < ids.numel(); i++) {
        TORCH_CHECK_INDEX(id[i] >= 0 && id[i] < table.size(0), "the ", name, " id ", id[i],
                          " is outside the table of ", table.size(0));
    }
}

/// The inputs in the order in which autograd knows them.
enum Input { word_ids, type_ids, position_ids, word_table, type_table, position_table, gamma, beta };

Tokens tokens_of(const variable_list &inputs) {
    return {inputs[word_ids].const_data_ptr<int64_t>(),
            inputs[type_ids].const_data_ptr<int64_t>(),
            inputs[position_ids].const_data_ptr<int64_t>(),
            inputs[word_table].const_data_ptr<float>(),
            inputs[type_table].const_data_ptr<float>(),
            inputs[position_table].const_data_ptr<float>(),
            inputs[word_table].size(1)};
}

/// Adds gradient rows to the rows of a table.
void scatter(const at::Tensor &ids, const at::Tensor &rows, float *table, int64_t padding) {
    const int64_t width = rows.size(1);
    parallel(width, 64, [&](int64_t begin, int64_t end) {
        kernels().scatter_rows(rows.const_data_ptr<float>(), ids.const_data_ptr<int64_t>(),
                               ids.numel(), width, begin, end, table, padding);
    });
}

/// The gradient of a table from that of its rows, for autograd.
at::Tensor table_gradient(const at::Tensor &table, const at::Tensor &ids, const at::Tensor &rows,
                          int64_t padding) {
    if (const auto gradient = TableGradient::of(table)) {
        scatter(ids, rows, gradient->data(), padding);
        gradient->finish(table, ids.const_data_ptr<int64_t>(), ids.numel());
        return {};
    }
    const ParameterGradient gradient(table);
    gradient.clear_if_new();
    scatter(ids, rows, gradient.data(), padding);
    return gradient.result();
}

struct EmbeddingFunction : torch::autograd::Function<EmbeddingFunction> {
    static Variable forward(AutogradContext *context, const Variable &words, const Variable &types,
                            const Variable &positions, const Variable &words_table,
                            const Variable &types_table, const Variable &positions_table,
                            const Variable &norm_gamma, const Variable &norm_beta, int64_t padding,
                            double epsilon, double probability) {
        const variable_list inputs{words,       types,           positions,  words_table,
                                   types_table, positions_table, norm_gamma, norm_beta};
        const int64_t count = words.numel(), width = words_table.size(-1);
        for (const auto &table : {words_table, types_table, positions_table}) {
            check_sizes(table, {table.size(0), width}, "an embedding table");
        }
        for (const auto &parameter : {norm_gamma, norm_beta}) {
            check_operand(parameter, "a parameter of the normalisation");
            check_sizes(parameter, {width}, "a parameter of the normalisation");
        }
        check_ids(inputs[word_ids], words_table, "word");
        check_ids(inputs[type_ids], types_table, "token type");
        check_ids(inputs[position_ids], positions_table, "position");
        check_sizes(types, words.sizes(), "the token type ids");
        check_sizes(positions, words.sizes(), "the position ids");
        const Dropout dropout = draw_dropout(probability);
        std::vector<int64_t> sizes = words.sizes().vec();
        sizes.push_back(width);
        at::Tensor y = at::empty(sizes, at::kFloat);
        const at::Tensor moments = at::empty({2, count}, at::kFloat);
        const EmbeddingForward arguments{
            tokens_of(inputs), inputs[gamma].const_data_ptr<float>(),
            inputs[beta].const_data_ptr<float>(), y.data_ptr<float>(), moments.data_ptr<float>(),
            moments.data_ptr<float>() + count, static_cast<float>(epsilon), dropout};
        parallel(count, 8, [&](int64_t begin, int64_t end) {
            kernels().embedding_forward(arguments, begin, end);
        });
        variable_list saved = inputs;
        saved.push_back(moments);
        context->save_for_backward(saved);
        context->saved_data["padding"] = padding;
        save(dropout, context);
        return y;
    }

    static variable_list backward(AutogradContext *context, const variable_list &gradients) {
        variable_list result(11);
        if (!gradients[0].defined()) return result;
        const variable_list saved = context->get_saved_variables();
        const at::Tensor &moments = saved.back();
        const int64_t count = saved[word_ids].numel(), width = saved[word_table].size(1);
        const Dropout dropout = saved_dropout(context);
        const at::Tensor dy = gradients[0].contiguous();
        const at::Tensor d_sum = at::empty({count, width}, at::kFloat);
        const RowSums d_gamma(count, width), d_beta(count, width);
        for_row_chunks(count, [&](int64_t chunk, int64_t begin, int64_t end) {
            kernels().embedding_backward(
                {tokens_of(saved), dy.const_data_ptr<float>(), moments.const_data_ptr<float>(),
                 moments.const_data_ptr<float>() + count, saved[gamma].const_data_ptr<float>(),
                 d_sum.data_ptr<float>(), d_gamma.chunk(chunk), d_beta.chunk(chunk), dropout},
                begin, end);
        });
        const int64_t padding = context->saved_data["padding"].toInt();
        for (const auto &[table, ids] : {std::pair{word_table, word_ids},
                                         {type_table, type_ids},
                                         {position_table, position_ids}}) {
            if (!saved[table].requires_grad()) continue;
            result[table] = table_gradient(saved[table], saved[ids], d_sum,
                                           table == word_table ? padding : -1);
        }
        if (saved[gamma].requires_grad()) result[gamma] = d_gamma.finish(saved[gamma]);
        if (saved[beta].requires_grad()) result[beta] = d_beta.finish(saved[beta]);
        return result;
    }
};

} // namespace

at::Tensor fused_embedding(const at::Tensor &words, const at::Tensor &types,
                           const at::Tensor &positions, const EmbeddingTables &tables,
                           const NormParameters &norm, double dropout) {
    return EmbeddingFunction::apply(
        words.contiguous(), types.contiguous(), positions.contiguous(), tables.words.contiguous(),
        tables.types.contiguous(), tables.positions.contiguous(), norm.gamma.contiguous(),
        norm.beta.contiguous(), tables.padding, norm.epsilon, dropout);
}

} // namespace tt
