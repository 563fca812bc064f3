#pragma once
#include "tt_base.h"
TT_BEGIN

typedef enum { TT_SUM, TT_MEAN, TT_MAX, TT_MIN, TT_ALL, TT_ANY, TT_L2_NORM } tt_reduce_op;

/// Over all elements.
tt_status tt_reduce(tt_reduce_op op, tt_tensor t, tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
/// Over some axes.
tt_status tt_reduce_dims(tt_reduce_op op, tt_tensor t, const intptr_t *dims, int32_t count,
                         bool keep_dim, tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_argmax(tt_tensor t, int64_t dim, bool keep_dim, tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_argmin(tt_tensor t, int64_t dim, bool keep_dim, tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_softmax(tt_tensor t, int64_t dim, tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_log_softmax(tt_tensor t, int64_t dim, tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_cumsum(tt_tensor t, int64_t dim, tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_topk(tt_tensor t, int64_t k, int64_t dim, tt_tensor _Nullable *_Nonnull values,
                  tt_tensor _Nullable *_Nonnull indices) TT_NOTHROW;

TT_END
