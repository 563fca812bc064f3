#pragma once
#include "tt_base.h"
TT_BEGIN

// Life
/// The tensor without value that stands for the result of a failed operation; never freed.
tt_tensor tt_undefined(void) TT_NOTHROW;
void tt_free(tt_tensor t) TT_NOTHROW;

// Creation
enum { TT_FILL_NONE = 0, TT_FILL_ZEROS = 1, TT_FILL_ONES = 2 };
tt_status tt_new(int32_t fill, const intptr_t *sizes, int32_t rank, int32_t dtype,
                 tt_device device, tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_full(const intptr_t *sizes, int32_t rank, double value, int32_t dtype,
                  tt_device device, tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_arange(int64_t end, tt_device device, tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
/// Copies `bytes` bytes of elements in row-major order; their number must fit the sizes.
tt_status tt_from_host(const void *_Nullable data, size_t bytes, const intptr_t *sizes,
                       int32_t rank, int32_t dtype, tt_device device,
                       tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;

// Facts; zero for the undefined tensor.
bool tt_is_defined(tt_tensor t) TT_NOTHROW;
bool tt_is_contiguous(tt_tensor t) TT_NOTHROW;
bool tt_is_same(tt_tensor a, tt_tensor b) TT_NOTHROW;
int32_t tt_rank(tt_tensor t) TT_NOTHROW;
void tt_sizes(tt_tensor t, intptr_t *out) TT_NOTHROW;
int64_t tt_numel(tt_tensor t) TT_NOTHROW;
int32_t tt_dtype(tt_tensor t) TT_NOTHROW;
tt_device tt_device_of(tt_tensor t) TT_NOTHROW;

// Host access
tt_status tt_item_double(tt_tensor t, double *out) TT_NOTHROW;
tt_status tt_item_int(tt_tensor t, int64_t *out) TT_NOTHROW;
/// Converts to `dtype` on the CPU and copies the elements to `out`, which holds `bytes` bytes.
tt_status tt_read(tt_tensor t, int32_t dtype, void *out, size_t bytes) TT_NOTHROW;
/// The memory of a contiguous CPU tensor.
tt_status tt_bytes(tt_tensor t, void *_Nullable *_Nonnull data, size_t *bytes) TT_NOTHROW;
/// Says that elements were written through that memory.
void tt_mark_changed(tt_tensor t) TT_NOTHROW;

// Conversion
tt_status tt_to_dtype(tt_tensor t, int32_t dtype, tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_to_device(tt_tensor t, tt_device device, bool non_blocking,
                       tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_contiguous(tt_tensor t, tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_clone(tt_tensor t, tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_detach(tt_tensor t, tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;

TT_END
