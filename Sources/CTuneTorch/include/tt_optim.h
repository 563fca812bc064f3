#pragma once
#include "tt_base.h"
TT_BEGIN

/// `count` tensors.
#define TT_LIST const tt_tensor _Nonnull *_Nonnull

/// One fused AdamW update of `count` parameters; `steps` already counts this update.
tt_status tt_fused_adamw(int32_t count, TT_LIST parameters, TT_LIST gradients, TT_LIST averages,
                         TT_LIST squares, TT_LIST steps, double learning_rate, double beta1,
                         double beta2, double weight_decay, double epsilon,
                         tt_tensor _Nullable grad_scale, tt_tensor _Nullable found_inf) TT_NOTHROW;
/// The L2 norm of the L2 norms of all tensors.
tt_status tt_global_norm(int32_t count, TT_LIST tensors,
                         tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
/// Multiplies every tensor by the same number, held by a tensor.
tt_status tt_scale_all_(int32_t count, TT_LIST tensors, tt_tensor factor) TT_NOTHROW;

TT_END
