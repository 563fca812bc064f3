#include "tt_nn.h"
#include "guard.h"

#include <ATen/ops/binary_cross_entropy_with_logits.h>
#include <ATen/ops/cross_entropy_loss.h>
#include <ATen/ops/dropout.h>
#include <ATen/ops/embedding.h>
#include <ATen/ops/layer_norm.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/mse_loss.h>
#include <ATen/ops/scaled_dot_product_attention.h>

tt_status tt_linear(tt_tensor t, tt_tensor weight, tt_tensor bias, tt_tensor *out) noexcept {
    return tt::produce(out,
                       [&] { return at::linear(tt::in(t), tt::in(weight), tt::maybe(bias)); });
}

tt_status tt_layer_norm(tt_tensor t, const intptr_t *sizes, int32_t rank, tt_tensor weight,
                        tt_tensor bias, double epsilon, tt_tensor *out) noexcept {
    return tt::produce(out, [&] {
        return at::layer_norm(tt::in(t), tt::sizes(sizes, rank), tt::maybe(weight),
                              tt::maybe(bias), epsilon);
    });
}

tt_status tt_embedding(tt_tensor weight, tt_tensor indices, int64_t padding_index,
                       tt_tensor *out) noexcept {
    return tt::produce(
        out, [&] { return at::embedding(tt::in(weight), tt::in(indices), padding_index); });
}

tt_status tt_dropout(tt_tensor t, double p, bool training, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return at::dropout(tt::in(t), p, training); });
}

tt_status tt_attention(tt_tensor query, tt_tensor key, tt_tensor value, tt_tensor mask,
                       double dropout, bool is_causal, const double *scale,
                       tt_tensor *out) noexcept {
    return tt::produce(out, [&] {
        return at::scaled_dot_product_attention(
            tt::in(query), tt::in(key), tt::in(value), tt::maybe(mask), dropout, is_causal,
            scale == nullptr ? std::nullopt : std::optional<double>(*scale));
    });
}

tt_status tt_cross_entropy(tt_tensor logits, tt_tensor target, int32_t reduction,
                           int64_t ignore_index, double label_smoothing, tt_tensor *out) noexcept {
    return tt::produce(out, [&] {
        return at::cross_entropy_loss(tt::in(logits), tt::in(target), {}, reduction, ignore_index,
                                      label_smoothing);
    });
}

tt_status tt_mse(tt_tensor t, tt_tensor target, int32_t reduction, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return at::mse_loss(tt::in(t), tt::in(target), reduction); });
}

tt_status tt_bce_with_logits(tt_tensor t, tt_tensor target, int32_t reduction,
                             tt_tensor *out) noexcept {
    return tt::produce(out, [&] {
        return at::binary_cross_entropy_with_logits(tt::in(t), tt::in(target), {}, {}, reduction);
    });
}
