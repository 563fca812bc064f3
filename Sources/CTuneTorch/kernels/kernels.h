#pragma once
// The kernels that FineTune brings besides libtorch's: plain functions on memory, compiled once per
// instruction set and chosen when the program runs. They know nothing of tensors.
#include <cstddef>
#include <cstdint>

namespace tt {

/// Dropout by a counter: element `i` is kept or not by `philox(key, i)`, so that a mask needs no
/// memory, is the same for every number of threads, and is made again in the backward pass.
struct Dropout {
    /// The probability of a zero; 0 keeps everything and reads no key.
    float probability = 0;
    /// Drawn from the seeded generator, once per call of a layer.
    uint64_t key = 0;
};

/// One implementation of every kernel.
struct Kernels {
    const char *name;
    /// Exact GELU: `y = x Φ(x)`, `count` elements; runs on the calling thread.
    void (*gelu)(const float *x, float *y, int64_t count);
    /// Dropout of any tensor, and of its gradient: `y[i] = x[i]·(0 or 1/(1-p))` for `count` elements
    /// whose mask indices begin at `first`. `x` and `y` may be the same.
    void (*dropout)(const float *x, float *y, int64_t count, Dropout dropout, uint64_t first);
};

/// The kernels for this processor, or those that `select_kernels` chose.
const Kernels &kernels() noexcept;

/// Chooses an implementation by its name (`baseline`, `avx2`, `avx512`); false when this processor
/// or this build lacks it. For tests and measurements.
bool select_kernels(const char *name) noexcept;

} // namespace tt
