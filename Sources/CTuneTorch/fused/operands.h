#pragma once
// Operands of matrix products in the form that the micro-kernel reads.
#include "tiles.h"

#include "../kernels/kernels.h"

#include <ATen/core/Tensor.h>

namespace tt {

/// B of one product and the distance between its rows.
template <class T> struct Packed {
    const T *data;
    int64_t stride;
};

/// The rows of a matrix in bfloat16, dense; `stride` is the distance between the given rows.
at::Tensor to_bfloat16(const float *x, int64_t rows, int64_t columns, int64_t stride);

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

/// B as it lies in memory.
inline Packed<float> pack(const float *b, int64_t stride, float *, int64_t, int64_t) {
    return {b, stride};
}

/// B with its rows interleaved in pairs.
Packed<c10::BFloat16> pack(const c10::BFloat16 *b, int64_t stride, c10::BFloat16 *panel,
                           int64_t columns, int64_t depth);

/// The output gradient of a layer as A of its weight gradient, from which workers take panels.
template <class T> class OutputGradient;

template <> class OutputGradient<float> {
  public:
    OutputGradient(const float *dy, int64_t stride, int64_t rows, int64_t)
        : dy(dy), stride(stride), rows(rows) {}

    /// `panel[o, t] = dy[t, output + o]` for `outputs`, zero from the last row to `depth`.
    void pack(int64_t output, int64_t outputs, int64_t depth, float *panel) const;

  private:
    const float *dy;
    int64_t stride, rows;
};

template <> class OutputGradient<c10::BFloat16> {
  public:
    OutputGradient(const float *dy, int64_t stride, int64_t rows, int64_t outputs);

    void pack(int64_t output, int64_t outputs, int64_t depth, c10::BFloat16 *panel) const;

  private:
    /// Rows in pairs, so that a transposition of pairs gives panels.
    at::Tensor pairs;
};

/// The input rows of a layer as B of its weight gradient: their number is rounded up to a multiple
/// of 16 by rows of zeros.
template <class T> class InputRows;

template <> class InputRows<float> {
  public:
    InputRows(const float *x, int64_t rows, int64_t inputs);

    /// The rounded number of rows.
    int64_t depth;

    /// c [outputs, columns] = a x or += a x, for `columns` inputs from `input` on.
    void multiply(int64_t outputs, int64_t columns, const float *a, int64_t input, float *c,
                  bool add) const;

  private:
    const float *x;
    int64_t inputs, whole;
    /// The last rows, of which there are fewer than 16.
    at::Tensor rest;
};

template <> class InputRows<c10::BFloat16> {
  public:
    InputRows(const float *x, int64_t rows, int64_t inputs);

    int64_t depth;

    void multiply(int64_t outputs, int64_t columns, const c10::BFloat16 *a, int64_t input,
                  float *c, bool add) const;

  private:
    int64_t inputs;
    at::Tensor pairs;
};

} // namespace tt
