#pragma once
#include "tt_base.h"
TT_BEGIN

tt_status tt_reshape(tt_tensor t, const intptr_t *sizes, int32_t rank,
                     tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_view(tt_tensor t, const intptr_t *sizes, int32_t rank,
                  tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_expand(tt_tensor t, const intptr_t *sizes, int32_t rank,
                    tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_permute(tt_tensor t, const intptr_t *dims, int32_t count,
                     tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_transpose(tt_tensor t, int64_t a, int64_t b, tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_unsqueeze(tt_tensor t, int64_t dim, tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_squeeze(tt_tensor t, tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_squeeze_dim(tt_tensor t, int64_t dim, tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_flatten(tt_tensor t, int64_t from, int64_t to, tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_select(tt_tensor t, int64_t dim, int64_t index, tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_narrow(tt_tensor t, int64_t dim, int64_t start, int64_t length,
                    tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_index_select(tt_tensor t, int64_t dim, tt_tensor indices,
                          tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_gather(tt_tensor t, int64_t dim, tt_tensor index,
                    tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_masked_fill(tt_tensor t, tt_tensor mask, double value,
                         tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_masked_select(tt_tensor t, tt_tensor mask, tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
/// The indices of the elements that are not zero, one row each.
tt_status tt_nonzero(tt_tensor t, tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_cat(const tt_tensor _Nonnull *_Nonnull tensors, int32_t count, int64_t dim,
                 tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_stack(const tt_tensor _Nonnull *_Nonnull tensors, int32_t count, int64_t dim,
                   tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;

TT_END
