#pragma once
// The three matrix products of linear layers at the processor's rate.
//
// Shapes: x [T, I] input rows, w [O, I] weight, y [T, O] output rows. Several layers with the same
// input, such as the projections of attention, are one product: their outputs lie side by side.
//
// Several libraries can compute them; which one does is looked up for each shape (`choice.h`).
#include "choice.h"
#include "operands.h"

#include <c10/util/ArrayRef.h>

#include <cstdint>
#include <optional>

namespace tt {

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

// The same by a given path, which `can_compute` the shape.
void linear_forward_by(Path path, const LinearShape &shape, Rows x, at::ArrayRef<Rows> weights,
                       const Result &y);
void linear_input_gradient_by(Path path, const LinearShape &shape, Rows dy,
                              at::ArrayRef<Rows> weights, const Result &dx);
std::optional<double> linear_weight_gradient_by(Path path, const LinearShape &shape, Rows dy,
                                                const InputRows &x, float *dw, bool accumulate);

} // namespace tt
