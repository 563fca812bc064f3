#pragma once
#include "tt_base.h"
TT_BEGIN

/// `count` tensors.
#define TT_LIST const tt_tensor _Nonnull *_Nonnull

typedef struct {
    double learning_rate, beta1, beta2, weight_decay, epsilon;
    /// What gradients are multiplied with on the way.
    double gradient_factor;
} tt_adamw_settings;

/// One fused AdamW update of `count` parameters; `steps` already counts this update.
tt_status tt_fused_adamw(int32_t count, TT_LIST parameters, TT_LIST gradients, TT_LIST averages,
                         TT_LIST squares, TT_LIST steps, tt_adamw_settings settings) TT_NOTHROW;
/// Adds 1 to every tensor, float32 with one element; on the CPU nothing of it can fail.
tt_status tt_count_steps(int32_t count, TT_LIST steps) TT_NOTHROW;
/// The L2 norm over all gradients in one pass, where `fits` says that they are dense float32 on
/// the CPU; else nothing.
tt_status tt_gradient_norm(int32_t count, TT_LIST gradients, bool *_Nonnull fits,
                           double *_Nonnull out) TT_NOTHROW;
/// The L2 norm of the L2 norms of all tensors.
tt_status tt_global_norm(int32_t count, TT_LIST tensors,
                         tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
/// Multiplies every tensor by the same number, held by a tensor.
tt_status tt_scale_all_(int32_t count, TT_LIST tensors, tt_tensor factor) TT_NOTHROW;
/// Multiplies every tensor by `factor` and sets `found` to 1 when an element is infinite or NaN;
/// `factor` and `found` are float32 without axes. All tensors have one type and device.
tt_status tt_unscale_(int32_t count, TT_LIST tensors, tt_tensor factor, tt_tensor found) TT_NOTHROW;

TT_END
