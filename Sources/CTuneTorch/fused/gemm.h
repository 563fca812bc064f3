#pragma once
// The three matrix products of linear layers at the processor's rate.
//
// Shapes: x [T, I] input rows, w [O, I] weight, y [T, O] output rows. Several layers with the same
// input, such as the projections of attention, are one product: their outputs lie side by side.
//
// On x86-64 with AVX-512 the products are tiled here over oneDNN's batch-reduce micro-kernel, which
// libtorch carries: it has no slower path for some vendors' processors, weights are not reordered in
// memory, results go (or are added) where they are needed, and an epilogue finds its tile in the
// cache. Elsewhere the BLAS that libtorch was built with computes them.
#include "operands.h"

#include <c10/util/ArrayRef.h>

#include <cstdint>
#include <optional>

namespace tt {

struct LinearShape {
    /// `outputs` are those of one layer.
    int64_t rows, inputs, outputs;
};

/// Part of a result, which lies at `values`, rows `stride` apart.
struct Tile {
    int64_t row, rows, column, columns;
    float *values;
    int64_t stride;
};

/// Does the rest of the work on a finished tile. Tiles cover a result once and are finished by
/// several threads at the same time; their first rows are multiples of `row_chunk` unless results
/// are so large that threads need more tiles.
struct Epilogue {
    void (*run)(const void *context, const Tile &tile) = nullptr;
    const void *context = nullptr;
};

/// Where a product leaves its result.
struct Result {
    /// Null when only the epilogue sees it.
    float *values = nullptr;
    int64_t stride = 0;
    /// Whether the product is added to what is there.
    bool accumulate = false;
    Epilogue epilogue = {};
};

/// y = x wᵀ for each layer. Operands in bfloat16 are summed in float32.
void linear_forward(const LinearShape &shape, Rows x, at::ArrayRef<Rows> weights, Result y);

/// dx = Σ dy w over all layers; their output gradients lie side by side.
void linear_input_gradient(const LinearShape &shape, Rows dy, at::ArrayRef<Rows> weights,
                           Result dx);

/// dw = dyᵀ x, or dw += dyᵀ x, for one layer. Gives the sum of the squares of dw where that costs no
/// pass over memory.
std::optional<double> linear_weight_gradient(const LinearShape &shape, Rows dy,
                                             const InputRows &x, float *dw, bool accumulate);

/// Whether products of this shape are tiled here.
bool uses_tiles(const LinearShape &shape, bool is_bfloat16);

} // namespace tt
