#pragma once
// The three matrix products of a linear layer at the processor's rate.
//
// Shapes: x [T, I] input rows, w [O, I] weight, y [T, O] output rows, row by row. Rows of y may be
// further apart than O, so that several layers with the same input write side by side.
//
// On x86-64 with AVX-512 the products are tiled here over oneDNN's batch-reduce micro-kernel, which
// libtorch carries: it has no slower path for some vendors' processors, weights are not reordered in
// memory, results go (or are added) where they are needed, and an epilogue finds its tile in the
// cache. Elsewhere the BLAS that libtorch was built with computes them.
#include <c10/util/BFloat16.h>

#include <cstdint>

namespace tt {

struct LinearShape {
    int64_t rows, inputs, outputs;
    /// The distance between rows of y, `outputs` or more.
    int64_t output_stride;
};

/// Part of a result.
struct Tile {
    int64_t row, rows, column, columns;
};

/// Does the rest of the work on a finished tile of y. Tiles cover y once and are finished by
/// several threads at the same time.
struct Epilogue {
    void (*run)(const void *context, const Tile &tile) = nullptr;
    const void *context = nullptr;
};

/// y = x wᵀ. With `shadow`, the weight in bfloat16, operands are multiplied in bfloat16 and summed
/// in float32.
void linear_forward(const LinearShape &shape, const float *x, const float *w,
                    const c10::BFloat16 *shadow, float *y, Epilogue epilogue = {});

/// dx = dy w, or dx += dy w.
void linear_input_gradient(const LinearShape &shape, const float *dy, const float *w,
                           const c10::BFloat16 *shadow, float *dx, bool accumulate);

/// dw = dyᵀ x, or dw += dyᵀ x; `is_bfloat16` is the format of the operands.
void linear_weight_gradient(const LinearShape &shape, const float *dy, const float *x, float *dw,
                            bool is_bfloat16, bool accumulate);

} // namespace tt
