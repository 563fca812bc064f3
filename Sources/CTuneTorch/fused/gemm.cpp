#include "gemm.h"
#include "library.h"
#include "onednn.h"
#include "tiled.h"

#include "../kernels/parallel.h"
#include "../recording.h"

#include <ATen/ops/empty.h>

#include <algorithm>

namespace tt {
namespace {

at::Tensor dense(Rows x, int64_t rows, int64_t columns) {
    return x.is_bfloat16() ? matrix(x.half, rows, columns, x.stride)
                           : matrix(x.single, rows, columns, x.stride);
}

/// Leaves the products of a library where they are wanted: `product(values, stride)`.
template <class Product>
void with_result(const Result &result, int64_t rows, int64_t columns, Product &&product) {
    const at::Tensor scratch =
        result.values ? at::Tensor() : at::empty({rows, columns}, at::kFloat);
    float *values = result.values ? result.values : scratch.data_ptr<float>();
    const int64_t stride = result.values ? result.stride : columns;
    product(values, stride);
    if (!result.epilogue.run) return;
    parallel_items((rows + row_chunk - 1) / row_chunk, [&](int64_t, int64_t chunk) {
        const int64_t row = chunk * row_chunk, count = std::min(row_chunk, rows - row);
        result.epilogue.run(result.epilogue.context,
                            {row, count, 0, columns, values + row * stride, stride});
    });
}

/// A product by a library, with the tokens in rows of the result or summed over.
using Multiply = void(const at::Tensor &a, const at::Tensor &b, const at::Tensor &c,
                      bool accumulate);
Multiply *rows_multiply(Path path) { return path == Path::onednn ? multiply_by_onednn : multiply; }
Multiply *rows_sum(Path path) { return path == Path::onednn ? sum_by_onednn : multiply; }

} // namespace

void linear_forward_by(Path path, const LinearShape &s, Rows x, at::ArrayRef<Rows> weights,
                       const Result &y) {
    if (path == Path::tiles) return tiled_forward(s, x, weights, y);
    if (path == Path::widened) return widened_forward(s, x, weights, y);
    const int64_t columns = static_cast<int64_t>(weights.size()) * s.outputs;
    with_result(y, s.rows, columns, [&](float *values, int64_t stride) {
        for (const Rows &weight : weights) {
            rows_multiply(path)(dense(x, s.rows, s.inputs),
                                dense(weight, s.outputs, s.inputs).t(),
                                matrix(values, s.rows, s.outputs, stride), y.accumulate);
            values += s.outputs;
        }
    });
}

void linear_input_gradient_by(Path path, const LinearShape &s, Rows dy,
                              at::ArrayRef<Rows> weights, const Result &dx) {
    if (path == Path::tiles) return tiled_input_gradient(s, dy, weights, dx);
    if (path == Path::widened) return widened_input_gradient(s, dy, weights, dx);
    with_result(dx, s.rows, s.inputs, [&](float *values, int64_t stride) {
        bool add = dx.accumulate;
        for (const Rows &weight : weights) {
            rows_multiply(path)(dense(dy, s.rows, s.outputs), dense(weight, s.outputs, s.inputs),
                                matrix(values, s.rows, s.inputs, stride), add);
            dy = dy.from(s.outputs);
            add = true;
        }
    });
}

std::optional<double> linear_weight_gradient_by(Path path, const LinearShape &s, Rows dy,
                                                const InputRows &x, float *dw, bool accumulate) {
    if (path == Path::tiles) return tiled_weight_gradient(s, dy, x, dw, accumulate);
    if (path == Path::widened) return widened_weight_gradient(s, dy, x, dw, accumulate);
    rows_sum(path)(dense(dy, s.rows, s.outputs).t(), x.matrix(),
                   matrix(dw, s.outputs, s.inputs, s.inputs), accumulate);
    return std::nullopt;
}

void linear_forward(const LinearShape &s, Rows x, at::ArrayRef<Rows> weights, Result y) {
    TT_RECORD("product_forward");
    const Path path = chosen_path(ProductKind::forward, s, static_cast<int64_t>(weights.size()),
                                  x.is_bfloat16());
    linear_forward_by(path, s, x, weights, y);
}

void linear_input_gradient(const LinearShape &s, Rows dy, at::ArrayRef<Rows> weights, Result dx) {
    TT_RECORD("product_input_gradient");
    const Path path =
        chosen_path(ProductKind::input_gradient, s, static_cast<int64_t>(weights.size()),
                    dy.is_bfloat16());
    linear_input_gradient_by(path, s, dy, weights, dx);
}

std::optional<double> linear_weight_gradient(const LinearShape &s, Rows dy, const InputRows &x,
                                             float *dw, bool accumulate) {
    TT_RECORD("product_weight_gradient");
    const Path path = chosen_path(ProductKind::weight_gradient, s, 1, dy.is_bfloat16());
    return linear_weight_gradient_by(path, s, dy, x, dw, accumulate);
}

} // namespace tt
