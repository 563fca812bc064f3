#pragma once
// The products of linear layers in tiles over oneDNN's batch-reduce micro-kernel, which libtorch
// carries: it has no slower path for some vendors' processors, weights are not reordered in memory,
// results go (or are added) where they are needed, and an epilogue finds its tile in the cache.
#include "gemm.h"

namespace tt {

/// Whether there are tiles for products of this shape on this processor.
bool has_tiles(const LinearShape &shape, bool is_bfloat16) noexcept;

// As `linear_forward` and the others; the last gives the sum of the squares of dw.
void tiled_forward(const LinearShape &shape, Rows x, at::ArrayRef<Rows> weights, const Result &y);
void tiled_input_gradient(const LinearShape &shape, Rows dy, at::ArrayRef<Rows> weights,
                          const Result &dx);
double tiled_weight_gradient(const LinearShape &shape, Rows dy, const InputRows &x, float *dw,
                             bool accumulate);

// The same for operands of bfloat16, multiplied in float32, with the same sums: for processors that
// have no instructions for bfloat16, or slow ones. Weights are converted panel by panel, in the cache.
void widened_forward(const LinearShape &shape, Rows x, at::ArrayRef<Rows> weights, const Result &y);
void widened_input_gradient(const LinearShape &shape, Rows dy, at::ArrayRef<Rows> weights,
                            const Result &dx);
double widened_weight_gradient(const LinearShape &shape, Rows dy, const InputRows &x, float *dw,
                               bool accumulate);

} // namespace tt
