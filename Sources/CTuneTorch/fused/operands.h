#pragma once
// Operands of matrix products, and the form in which the micro-kernel reads them.
#include "tiles.h"

#include "../kernels/kernels.h"

#include <ATen/core/Tensor.h>

#include <optional>

namespace tt {

/// The rows of a matrix in float32, or else in bfloat16.
struct Rows {
    const float *single = nullptr;
    const c10::BFloat16 *half = nullptr;
    int64_t stride = 0;

    bool is_bfloat16() const { return half != nullptr; }

    /// The same rows from a column on.
    Rows from(int64_t column) const {
        return {single ? single + column : nullptr, half ? half + column : nullptr, stride};
    }

    template <class T> const T *data() const {
        if constexpr (std::is_same_v<T, float>) {
            return single;
        } else {
            return half;
        }
    }
};

/// Rows in the format of a product: float32 as they are, or a dense copy, in bfloat16 or in float32.
class Operand {
  public:
    Operand(const float *x, int64_t rows, int64_t columns, int64_t stride, bool is_bfloat16);

    /// A dense copy in float32 of rows in bfloat16.
    static Operand widened(Rows x, int64_t rows, int64_t columns);

    operator Rows() const { return rows; }

  private:
    Operand(at::Tensor copy, Rows rows) : copy(std::move(copy)), rows(rows) {}

    at::Tensor copy;
    Rows rows;
};

/// B of one product and the distance between its rows.
template <class T> struct Packed {
    const T *data;
    int64_t stride;
};

/// `panel[k, c] = w[c, k]` for `depth` × `columns`.
inline void pack_transposed(const float *w, int64_t stride, float *panel, int64_t columns,
                            int64_t depth) {
    kernels().transpose(w, stride, panel, columns, columns, depth);
}

/// The same with rows of the panel interleaved in pairs: a transposition of pairs.
inline void pack_transposed(const c10::BFloat16 *w, int64_t stride, c10::BFloat16 *panel,
                            int64_t columns, int64_t depth) {
    kernels().transpose(reinterpret_cast<const float *>(w), stride / 2,
                        reinterpret_cast<float *>(panel), columns, columns, depth / 2);
}

/// Of bfloat16 in float32.
void pack_transposed(const c10::BFloat16 *w, int64_t stride, float *panel, int64_t columns,
                     int64_t depth);

/// B as it lies in memory, or a dense copy where its rows would share places of the cache.
Packed<float> pack(const float *b, int64_t stride, float *panel, int64_t columns, int64_t depth);

/// B of bfloat16 in float32.
Packed<float> pack(const c10::BFloat16 *b, int64_t stride, float *panel, int64_t columns,
                   int64_t depth);

/// B with its rows interleaved in pairs.
Packed<c10::BFloat16> pack(const c10::BFloat16 *b, int64_t stride, c10::BFloat16 *panel,
                           int64_t columns, int64_t depth);

/// `panel[o, t] = dy[t, o]` for `outputs` × `rows`, zero from the last row to `depth`: A of a weight
/// gradient.
void pack_gradient(const float *dy, int64_t stride, int64_t rows, int64_t outputs, int64_t depth,
                   float *panel);
void pack_gradient(const c10::BFloat16 *dy, int64_t stride, int64_t rows, int64_t outputs,
                   int64_t depth, c10::BFloat16 *panel);
void pack_gradient(const c10::BFloat16 *dy, int64_t stride, int64_t rows, int64_t outputs,
                   int64_t depth, float *panel);

/// The input rows of layers as B of their weight gradients, in each form that somebody who computes them
/// asks for.
class InputRows {
  public:
    /// x [rows, inputs], dense, to be multiplied in float32 or bfloat16; it stays where it is.
    InputRows(const float *x, int64_t rows, int64_t inputs, bool is_bfloat16);
    InputRows(const c10::BFloat16 *x, int64_t rows, int64_t inputs);

    /// Makes what `multiply` reads, once: the number of rows is rounded up to a multiple of 16 by
    /// rows of zeros. `widens` has bfloat16 multiplied in float32.
    void prepare_tiles(bool widens) const;

    /// The inputs of one `multiply`: rows of x may lie so far apart that the lines of many of them
    /// share few places of the cache, so panels of columns are kept together.
    static constexpr int64_t panel = 128;

    /// c [outputs, columns] = a x or += a x, for `depth` rows of x, rounded, from `row` on, and the
    /// panel of inputs from `input` on. `row` is a multiple of 16.
    void multiply(int64_t row, int64_t depth, int64_t outputs, int64_t columns, const float *a,
                  int64_t input, float *c, bool add) const;
    void multiply(int64_t row, int64_t depth, int64_t outputs, int64_t columns,
                  const c10::BFloat16 *a, int64_t input, float *c, bool add) const;

    /// All rows as a matrix in the format of the products.
    at::Tensor matrix() const;

  private:
    /// Panels of what rounding to bfloat16 leaves, in float32.
    at::Tensor widened(const c10::BFloat16 *x) const;
    at::Tensor widened(const float *x) const;

    const float *single = nullptr;
    const c10::BFloat16 *half = nullptr;
    int64_t rows, inputs;
    bool is_bfloat16;
    /// To be multiplied in float32: the last rows, of which there are fewer than 16, or all rows by
    /// panels.
    mutable at::Tensor rest, panels;
    /// In bfloat16 all rows, interleaved in pairs, by panels.
    mutable at::Tensor pairs;
    /// A copy in bfloat16 of rows in float32.
    mutable std::optional<Operand> copy;
};

/// Rounds a number of rows up to what the micro-kernel takes.
inline int64_t rounded_depth(int64_t rows) { return (rows + 15) / 16 * 16; }

} // namespace tt
