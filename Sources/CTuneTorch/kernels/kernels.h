#pragma once
// The kernels that FineTune brings besides libtorch's: plain functions on memory, compiled once per
// instruction set and chosen when the program runs. They know nothing of tensors and of threads: a
// caller splits the rows and calls a kernel for each part.
//
// Matrices are contiguous rows of single-precision numbers, `width` or `cols` long, unless an `ld`
// gives the distance of rows. Gradients of what all rows share (γ, β, biases) are added to buffers
// of the caller. For results that do not depend on the number of threads the caller gives each
// `row_chunk` rows a zeroed buffer of its own and then adds these with `column_sums`, in order.
#include <cstddef>
#include <cstdint>

namespace tt {

/// The rows that share one buffer for sums over rows.
constexpr int64_t row_chunk = 64;

/// The elements of one call of `sum_of_squares`, for a sum that does not depend on the threads.
constexpr int64_t square_chunk = 32768;

/// Dropout by a counter: element `i` is kept or not by `philox(key, i)`, so that a mask needs no
/// memory, is the same for every number of threads, and is made again in the backward pass. Kernels
/// on rows number the elements from row 0 on, each row rounded up to a multiple of 64.
struct Dropout {
    /// The probability of a zero; 0 keeps everything and reads no key.
    float probability = 0;
    /// Drawn from the seeded generator, once per call of a layer.
    uint64_t key = 0;
};

/// The two forms of GELU: `x Φ(x)`, and its approximation with a hyperbolic tangent.
enum class Gelu { exact, tanh };

/// [rows, cols] of single precision or, where `half` is not null, of bfloat16; rows `ld` apart.
struct Elements {
    float *single = nullptr;
    uint16_t *half = nullptr;
    int64_t ld = 0;
};

/// `pre = x + bias` and `act = gelu(pre)`; in bfloat16, `act` is that of the rounded `pre`.
struct GeluForward {
    const float *x;
    int64_t ld;
    /// [cols] or null.
    const float *bias;
    /// `pre` may be `x`. Both are single precision or both are bfloat16.
    Elements pre, act;
    int64_t rows, cols;
    Gelu form;
};

/// `d_pre = d_act·gelu'(pre)` and `act = gelu(pre)`.
struct GeluBackward {
    const float *d_act;
    int64_t ld;
    /// What the forward pass left. All three are of one type; `d_pre` may be `d_act`.
    Elements pre, d_pre, act;
    int64_t rows, cols;
    Gelu form;
    /// The columns of `d_pre` are added, [cols]; or null.
    float *sums;
};

/// `sum = residual + dropout(x + bias)` and `y = γ·(sum - mean)·rstd + β` for matrices [N, width];
/// the variance is the biased one.
struct NormForward {
    const float *x;
    /// [width] or null.
    const float *bias;
    /// [N, width] or null.
    const float *residual;
    const float *gamma, *beta;
    /// Kept for the backward pass. May be `x` or `residual`.
    float *sum;
    /// May be `sum` where no backward pass follows.
    float *y;
    /// [N] each.
    float *mean, *rstd;
    int64_t width;
    float eps;
    Dropout dropout;
};

/// The gradients of `NormForward`.
struct NormBackward {
    /// [N, width], and what the forward pass left.
    const float *dy, *sum, *mean, *rstd;
    const float *gamma;
    /// The gradient of `residual`, [N, width]; may be `dy`.
    float *d_residual;
    /// The gradient of `x`, [N, width]. Equal to that of `residual` without dropout, and may then
    /// be the same memory, which saves writing it.
    float *d_x;
    /// The same in bfloat16 instead, unless null.
    uint16_t *d_x_half;
    /// Added to, [width] each; `d_bias` may be null.
    float *d_gamma, *d_beta, *d_bias;
    int64_t width;
    /// As in the forward pass.
    Dropout dropout;
};

/// Tokens [N] and the tables they index, [.., width] each. `type_table` and `position_table` may be
/// null. Indices are checked by the caller.
struct Tokens {
    const int64_t *words, *types, *positions;
    const float *word_table, *type_table, *position_table;
    int64_t width;
};

/// `y = dropout(γ·(sum - mean)·rstd + β)`, [N, width], for the sum of each token's rows.
struct EmbeddingForward {
    Tokens tokens;
    const float *gamma, *beta;
    float *y;
    /// [N] each.
    float *mean, *rstd;
    float eps;
    Dropout dropout;
};

/// The gradients of `EmbeddingForward`; the sums are made again from the tables.
struct EmbeddingBackward {
    Tokens tokens;
    const float *dy, *mean, *rstd;
    const float *gamma;
    /// [N, width], for `scatter_rows`; may be `dy`.
    float *d_sum;
    /// Added to, [width] each.
    float *d_gamma, *d_beta;
    /// As in the forward pass.
    Dropout dropout;
};

/// The constants of one step of AdamW.
struct AdamW {
    /// `step` counts from 1; gradients are multiplied with `gradient_factor`, as clipping asks.
    AdamW(double learning_rate, double beta1, double beta2, double eps, double weight_decay,
          double step, float gradient_factor = 1) noexcept;

    float gradient_factor, decay, first_weight, second_decay, second_weight, root_correction, eps,
        step_size;
};

/// Multi-head self-attention over packed rows of different lengths: row `b` has the tokens
/// `offsets[b]..<offsets[b + 1]`, and only these attend to one another. Per head,
/// `out = dropout(softmax(scale · query keyᵀ)) value`.
struct Attention {
    int64_t rows = 0, heads = 0;
    /// Elements of one head; head `h` has the columns `h·width..<(h + 1)·width`.
    int64_t width = 0;
    /// `rows + 1` numbers each that do not decrease: the queries
    /// `query_offsets[r]..<query_offsets[r + 1]` attend to the keys of the same row, which has
    /// both or none. Both begin with 0 and end with the number of queries, and of keys.
    const int64_t *query_offsets = nullptr, *key_offsets = nullptr;
    float scale = 1;
    /// On the probabilities. The one of (head, query, key of the same row, from 0 on) has the mask
    /// index `(query·heads + head)·2^32 + key`.
    Dropout dropout;
    /// [queries, heads·width], `query_stride` elements from row to row, and [keys, heads·width],
    /// `stride` elements: three matrices, or column blocks of one.
    const float *query = nullptr, *key = nullptr, *value = nullptr;
    int64_t query_stride = 0, stride = 0;
    /// [queries, heads·width]. Written forward, read backward.
    float *out = nullptr;
    int64_t out_stride = 0;
    /// [heads, queries], contiguous: ln Σ e^score of each query. Written forward, read backward.
    float *lse = nullptr;
};

/// What the backward pass of an `Attention` reads and writes besides.
struct AttentionGradients {
    /// The gradient of `out`.
    const float *out = nullptr;
    int64_t out_stride = 0;
    /// Written, as `query`, `key` and `value` with strides of their own.
    float *query = nullptr, *key = nullptr, *value = nullptr;
    int64_t query_stride = 0, stride = 0;
};

/// One implementation of every kernel.
struct Kernels {
    const char *name;

    /// `pre = x + bias` (unless null) and `act = gelu(pre)`; [rows, cols].
    void (*bias_gelu)(const GeluForward &arguments);
    /// Its gradient, and `act` once more.
    void (*gelu_backward)(const GeluBackward &arguments);

    /// `x += bias` for each row of [rows, cols].
    void (*add_bias)(float *x, const float *bias, int64_t rows, int64_t cols, int64_t ld);
    /// `sums[j] += x[0][j] + x[1][j] + …` for [rows, cols], row after row: a bias's gradient, and
    /// how the buffers of chunks are added up.
    void (*column_sums)(const float *x, int64_t rows, int64_t cols, int64_t ld, float *sums);

    /// Bias, dropout, residual and layer normalisation of the rows `begin..<end`.
    void (*norm_forward)(const NormForward &arguments, int64_t begin, int64_t end);
    /// Its gradients, of the same rows.
    void (*norm_backward)(const NormBackward &arguments, int64_t begin, int64_t end);

    /// The embedding layer for the tokens `begin..<end`.
    void (*embedding_forward)(const EmbeddingForward &arguments, int64_t begin, int64_t end);
    /// Its gradients, of the same tokens.
    void (*embedding_backward)(const EmbeddingBackward &arguments, int64_t begin, int64_t end);
    /// `table[ids[i]][j] += rows[i][j]` for `i < count` in order, `begin <= j < end`; [count,
    /// width] and [.., width]. Ids equal to `padding` are left out (-1 leaves out none). Threads
    /// split the columns, so that the order of the additions never changes.
    void (*scatter_rows)(const float *rows, const int64_t *ids, int64_t count, int64_t width,
                         int64_t begin, int64_t end, float *table, int64_t padding);

    /// The sum of the squares; callers add up those of consecutive `square_chunk` elements, in
    /// order.
    double (*sum_of_squares)(const float *x, int64_t count);
    /// That of a tile [rows, columns] in the cache, of at most some hundred rows.
    double (*tile_squares)(const float *x, int64_t rows, int64_t columns, int64_t stride);
    /// One step for `count` elements: parameters, first and second moments are changed, and
    /// `shadow` (unless null) receives the parameters as bfloat16.
    void (*adamw)(const AdamW &constants, float *parameters, const float *gradients, float *first,
                  float *second, uint16_t *shadow, int64_t count);

    /// [rows, cols] to bfloat16, rounded to nearest even.
    void (*to_bfloat16)(const float *x, int64_t ld_x, uint16_t *y, int64_t ld_y, int64_t rows,
                        int64_t cols);
    /// [rows, cols] of bfloat16 to single precision.
    void (*widen)(const uint16_t *x, int64_t ld_x, float *y, int64_t ld_y, int64_t rows,
                  int64_t cols);
    /// Two rows as pairs of bfloat16: word i of `pairs` holds x[i] in its lower and y[i] in its upper
    /// half, for `count` elements.
    void (*to_bfloat16_pairs)(const float *x, const float *y, uint32_t *pairs, int64_t count);
    /// The same of rows that are bfloat16 already.
    void (*join_pairs)(const uint16_t *x, const uint16_t *y, uint32_t *pairs, int64_t count);

    /// `to[c][r] = from[r][c]` for [rows, columns] words of 32 bits, of any meaning.
    void (*transpose)(const float *from, int64_t from_stride, float *to, int64_t to_stride,
                      int64_t rows, int64_t columns);

    /// `to[c][r] = from[r][c]` for [rows, columns] of bfloat16, in single precision.
    void (*transpose_widened)(const uint16_t *from, int64_t from_stride, float *to,
                              int64_t to_stride, int64_t rows, int64_t columns);

    /// `to[c][r] = from[r][c]` for [rows, columns] half words, and zeros from `rows` to
    /// `to_stride`, which is even.
    void (*transpose_bfloat16)(const uint16_t *from, int64_t from_stride, uint16_t *to,
                               int64_t to_stride, int64_t rows, int64_t columns);

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
