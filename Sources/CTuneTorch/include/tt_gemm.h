#pragma once
#include "tt_base.h"
TT_BEGIN

// Rates of the three matrix products of a linear layer, for measurements.

/// `rows` tokens, a weight [outputs, inputs].
typedef struct {
    int64_t rows, inputs, outputs;
    bool is_bfloat16;
} tt_gemm_shape;

/// y = x wᵀ, dx = dy w, dw = dyᵀ x.
enum { TT_FORWARD = 0, TT_INPUT_GRADIENT = 1, TT_WEIGHT_GRADIENT = 2 };
/// The products of the fused layers; libtorch's own choice of library; oneDNN inside libtorch.
enum { TT_GEMM_FUSED = 0, TT_GEMM_LIBTORCH = 1, TT_GEMM_ONEDNN = 2 };

/// The shortest time of one product among runs that take `budget` seconds together, at least 5;
/// infinite where this libtorch lacks the library.
tt_status tt_gemm_seconds(tt_gemm_shape shape, int32_t product, int32_t path, double budget,
                          double *seconds) TT_NOTHROW;

TT_END
