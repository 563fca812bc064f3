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

/// Multi-head self-attention over packed rows of different lengths: row `b` has the tokens
/// `offsets[b]..<offsets[b + 1]`, and only these attend to one another. Per head,
/// `out = dropout(softmax(scale · query keyᵀ)) value`.
struct Attention {
    int64_t rows = 0, heads = 0;
    /// Elements of one head; head `h` has the columns `h·width..<(h + 1)·width`.
    int64_t width = 0;
    /// `rows + 1` numbers that do not decrease, from 0 to the number of tokens.
    const int64_t *offsets = nullptr;
    float scale = 1;
    /// On the probabilities. The one of (head, query token, key of the same row, from 0 on) has the
    /// mask index `(token·heads + head)·2^32 + key`.
    Dropout dropout;
    /// [tokens, heads·width] each, `stride` elements from token to token: three matrices, or column
    /// blocks of one.
    const float *query = nullptr, *key = nullptr, *value = nullptr;
    int64_t stride = 0;
    /// [tokens, heads·width]. Written forward, read backward.
    float *out = nullptr;
    int64_t out_stride = 0;
    /// [heads, tokens], contiguous: ln Σ e^score of each query. Written forward, read backward.
    float *lse = nullptr;
};

/// What the backward pass of an `Attention` reads and writes besides.
struct AttentionGradients {
    /// The gradient of `out`.
    const float *out = nullptr;
    int64_t out_stride = 0;
    /// Written, as `query`, `key` and `value` with a stride of their own.
    float *query = nullptr, *key = nullptr, *value = nullptr;
    int64_t stride = 0;
};

/// One implementation of every kernel.
struct Kernels {
    const char *name;
    /// Exact GELU: `y = x Φ(x)`, `count` elements; runs on the calling thread.
    void (*gelu)(const float *x, float *y, int64_t count);
    /// Dropout of any tensor, and of its gradient: `y[i] = x[i]·(0 or 1/(1-p))` for `count` elements
    /// whose mask indices begin at `first`. `x` and `y` may be the same.
    void (*dropout)(const float *x, float *y, int64_t count, Dropout dropout, uint64_t first);
    /// The elements of scratch memory that each call of `attention` and `attention_backward` for
    /// heads of this width needs; calls at the same time need one each.
    int64_t (*attention_scratch)(int64_t width);
    /// Part `part` of `parts` of the forward pass, which are about equal work: blocks of queries of
    /// a (row, head). The parts may run at the same time; results do not depend on their number.
    void (*attention)(const Attention &attention, int64_t part, int64_t parts, float *scratch);
    /// As `attention`, for the gradients; the work is divided between whole (row, head)s.
    void (*attention_backward)(const Attention &attention, const AttentionGradients &gradients,
                               int64_t part, int64_t parts, float *scratch);
};

/// The kernels for this processor, or those that `select_kernels` chose.
const Kernels &kernels() noexcept;

/// Chooses an implementation by its name (`baseline`, `avx2`, `avx512`); false when this processor
/// or this build lacks it. For tests and measurements.
bool select_kernels(const char *name) noexcept;

} // namespace tt
