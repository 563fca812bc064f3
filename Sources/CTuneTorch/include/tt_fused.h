#pragma once
#include "tt_base.h"
TT_BEGIN

// Layers computed in one piece, for float32 on the CPU; under autocast to bfloat16 their matrix
// products multiply in bfloat16 and sum in float32. All of them are differentiable.

/// x wᵀ + b; x [..., I], w [O, I], b [O].
tt_status tt_fused_linear(tt_tensor x, tt_tensor weight, tt_tensor _Nullable bias,
                          tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;

/// A layer normalisation over the last axis.
typedef struct {
    tt_tensor gamma, beta;
    double epsilon;
} tt_norm;

/// norm(dropout(x wᵀ + b) + residual).
tt_status tt_fused_residual_norm(tt_tensor x, tt_tensor weight, tt_tensor _Nullable bias,
                                 tt_tensor residual, tt_norm norm, double dropout,
                                 tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;

/// norm(dropout(w₂ gelu(w₁ x + b₁) + b₂) + x), with GELU exact or by tanh.
typedef struct {
    tt_tensor weight;
    tt_tensor _Nullable bias;
} tt_layer;
tt_status tt_fused_feed_forward(tt_tensor x, tt_layer inner, tt_layer outer, bool is_exact,
                                tt_norm norm, double dropout,
                                tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;

/// dropout(norm(words[w] + types[t] + positions[p])); ids int64 of one shape, `padding` negative
/// for none.
typedef struct {
    tt_tensor words, types, positions;
} tt_token_triple;
tt_status tt_fused_embedding(tt_token_triple ids, tt_token_triple tables, int64_t padding,
                             tt_norm norm, double dropout,
                             tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;

/// The projections of attention, w [W, I] and b [W] or null each.
typedef struct {
    tt_tensor query_weight, key_weight, value_weight;
    tt_tensor _Nullable query_bias, key_bias, value_bias;
} tt_projections;

/// Attention of rows to the rows x [N, I] of the same sequence. Sequences lie one after the other:
/// sequence b has the rows offsets[b]..<offsets[b + 1], `count` numbers; likewise `queries` [M, I]
/// with offsets of their own, or null for x itself. A sequence has both or none. Gives [M, W].
tt_status tt_fused_attention(tt_tensor x, const int64_t *offsets, int64_t count,
                             tt_tensor _Nullable queries, const int64_t *query_offsets,
                             int64_t query_count, tt_projections projections, int64_t heads,
                             double dropout, tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;

/// The instruction set of the kernels: `baseline`, `avx2`, `avx512`.
const char *tt_kernel_level(void) TT_NOTHROW;
/// Chooses it; fails where this processor lacks it.
tt_status tt_set_kernel_level(const char *name) TT_NOTHROW;

TT_END
