#pragma once
#include "tt_base.h"
TT_BEGIN

/// How a loss is reduced, numbered as at::Reduction numbers it.
enum { TT_REDUCE_NONE = 0, TT_REDUCE_MEAN = 1, TT_REDUCE_SUM = 2 };

tt_status tt_linear(tt_tensor t, tt_tensor weight, tt_tensor _Nullable bias,
                    tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_layer_norm(tt_tensor t, const intptr_t *sizes, int32_t rank,
                        tt_tensor _Nullable weight, tt_tensor _Nullable bias, double epsilon,
                        tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
/// `padding_index` is -1 for none.
tt_status tt_embedding(tt_tensor weight, tt_tensor indices, int64_t padding_index,
                       tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_dropout(tt_tensor t, double p, bool training, tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_attention(tt_tensor query, tt_tensor key, tt_tensor value, tt_tensor _Nullable mask,
                       double dropout, bool is_causal, const double *_Nullable scale,
                       tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_cross_entropy(tt_tensor logits, tt_tensor target, int32_t reduction,
                           int64_t ignore_index, double label_smoothing,
                           tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_mse(tt_tensor t, tt_tensor target, int32_t reduction,
                 tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_bce_with_logits(tt_tensor t, tt_tensor target, int32_t reduction,
                             tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;

TT_END
