#include "gemm.h"
#include "library.h"
#include "operands.h"
#include "tiles.h"

#include "../recording.h"
#include "../kernels/parallel.h"

#include <ATen/ops/empty.h>

namespace tt {
namespace {

using c10::BFloat16;

// Tile sizes: a panel of B, `panel_depth` × `panel_columns`, stays in the second-level cache while all rows of
// A pass by.
constexpr int64_t panel_columns = 128;
template <class T> constexpr int64_t panel_depth = std::is_same_v<T, float> ? 384 : 768;
constexpr int64_t gradient_columns = 128;
constexpr int64_t gradient_rows = 16 * register_rows;
constexpr int64_t token_chunk = 1024;

/// One panel for each thread.
template <class T> class Panels {
  public:
    explicit Panels(int64_t count)
        : memory(at::empty({thread_count(), count}, c10::CppTypeToScalarType<T>::value)) {}

    T *operator[](int64_t worker) { return memory.data_ptr<T>() + worker * memory.size(1); }

  private:
    at::Tensor memory;
};

/// Into how many parts each of `blocks` is cut so that threads get equal shares.
int64_t cuts(int64_t blocks) {
    const int64_t threads = thread_count();
    int64_t parts = 1;
    while (parts < threads && blocks * parts % threads != 0 && blocks * parts < 8 * threads) parts++;
    return parts;
}

/// Splits [rows, columns] of a result into tiles and works on them in parallel.
///
/// A tile has all rows, so that its panel of B serves them all, unless the threads need more tiles
/// for equal shares.
template <class Body> void for_tiles(int64_t rows, int64_t columns, Body &&body) {
    const int64_t column_blocks = (columns + panel_columns - 1) / panel_columns;
    const int64_t least = (rows + cuts(column_blocks) - 1) / cuts(column_blocks);
    const int64_t height = (least + register_rows - 1) / register_rows * register_rows;
    const int64_t row_blocks = (rows + height - 1) / height;
    parallel_workers(column_blocks * row_blocks, 1, [&](int64_t worker, int64_t begin, int64_t end) {
        for (int64_t block = begin; block < end; block++) {
            const int64_t column = block / row_blocks * panel_columns;
            const int64_t row = block % row_blocks * height;
            body(worker, Tile{row, std::min(height, rows - row), column,
                              std::min(panel_columns, columns - column)});
        }
    });
}

template <class T>
void forward_in_tiles(const LinearShape &s, const T *x, const T *w, float *y, Epilogue epilogue) {
    Panels<T> panels(panel_depth<T> * panel_columns);
    for_tiles(s.rows, s.outputs, [&](int64_t worker, const Tile &t) {
        for (int64_t k = 0; k < s.inputs; k += panel_depth<T>) {
            const int64_t depth = std::min(panel_depth<T>, s.inputs - k);
            pack_transposed(w + t.column * s.inputs + k, s.inputs, panels[worker], t.columns, depth);
            multiply_rows(t.rows, t.columns, depth, x + t.row * s.inputs + k, s.inputs,
                          panels[worker], t.columns, y + t.row * s.output_stride + t.column,
                          s.output_stride, k > 0);
        }
        if (epilogue.run) epilogue.run(epilogue.context, t);
    });
}

template <class T>
void input_gradient_in_tiles(const LinearShape &s, const T *dy, int64_t dy_stride, const T *w,
                             float *dx, bool accumulate) {
    Panels<T> panels(panel_depth<T> * panel_columns);
    for_tiles(s.rows, s.inputs, [&](int64_t worker, const Tile &t) {
        for (int64_t k = 0; k < s.outputs; k += panel_depth<T>) {
            const int64_t depth = std::min(panel_depth<T>, s.outputs - k);
            const Packed<T> b =
                pack(w + k * s.inputs + t.column, s.inputs, panels[worker], t.columns, depth);
            multiply_rows(t.rows, t.columns, depth, dy + t.row * dy_stride + k, dy_stride, b.data,
                          b.stride, dx + t.row * s.inputs + t.column, s.inputs,
                          accumulate || k > 0);
        }
    });
}

/// The weight gradient from at most `token_chunk` rows.
///
/// A tile has all inputs, so that its panel of dyᵀ serves them all, unless the threads need more
/// tiles for equal shares.
template <class T>
void weight_gradient_of_chunk(const LinearShape &s, const float *dy, const float *x, float *dw,
                              bool accumulate) {
    const OutputGradient<T> gradient(dy, s.output_stride, s.rows, s.outputs);
    const InputRows<T> b(x, s.rows, s.inputs);
    Panels<T> panels(gradient_rows * b.depth);
    const int64_t output_blocks = (s.outputs + gradient_rows - 1) / gradient_rows;
    const int64_t input_blocks = (s.inputs + gradient_columns - 1) / gradient_columns;
    const int64_t parts = std::min(cuts(output_blocks), input_blocks);
    parallel_workers(output_blocks * parts, 1, [&](int64_t worker, int64_t begin, int64_t end) {
        T *a = panels[worker];
        for (int64_t block = begin; block < end; block++) {
            const int64_t output = block / parts * gradient_rows, part = block % parts;
            const int64_t outputs = std::min(gradient_rows, s.outputs - output);
            gradient.pack(output, outputs, b.depth, a);
            for (int64_t i = input_blocks * part / parts; i < input_blocks * (part + 1) / parts; i++) {
                const int64_t input = i * gradient_columns;
                b.multiply(outputs, std::min(gradient_columns, s.inputs - input), a, input,
                           dw + output * s.inputs + input, accumulate);
            }
        }
    });
}

template <class T>
void weight_gradient_in_tiles(const LinearShape &s, const float *dy, const float *x, float *dw,
                              bool accumulate) {
    for (int64_t row = 0; row < s.rows; row += token_chunk) {
        LinearShape chunk = s;
        chunk.rows = std::min(token_chunk, s.rows - row);
        weight_gradient_of_chunk<T>(chunk, dy + row * s.output_stride, x + row * s.inputs, dw,
                                    accumulate || row > 0);
    }
}

/// Whether tiles pay: the micro-kernel exists, and interleaved pairs come out even.
bool uses_tiles(const LinearShape &s, bool is_bfloat16) {
    if (s.outputs < 16 || s.inputs < 16) return false;
    return is_bfloat16 ? has_tiles_bfloat16() && s.outputs % 2 == 0 && s.inputs % 2 == 0
                       : has_tiles_float32();
}

} // namespace

void linear_forward(const LinearShape &s, const float *x, const float *w, const BFloat16 *shadow,
                    float *y, Epilogue epilogue) {
    TT_RECORD("product_forward");
    const at::Tensor narrow =
        shadow ? to_bfloat16(x, s.rows, s.inputs, s.inputs) : at::Tensor();
    if (uses_tiles(s, shadow != nullptr)) {
        if (shadow == nullptr) return forward_in_tiles(s, x, w, y, epilogue);
        return forward_in_tiles(s, narrow.const_data_ptr<BFloat16>(), shadow, y, epilogue);
    }
    const at::Tensor weight = shadow ? matrix(shadow, s.outputs, s.inputs, s.inputs)
                                     : matrix(w, s.outputs, s.inputs, s.inputs);
    multiply(shadow ? narrow : matrix(x, s.rows, s.inputs, s.inputs), weight.t(),
             matrix(y, s.rows, s.outputs, s.output_stride), false);
    if (epilogue.run) epilogue.run(epilogue.context, {0, s.rows, 0, s.outputs});
}

void linear_input_gradient(const LinearShape &s, const float *dy, const float *w,
                           const BFloat16 *shadow, float *dx, bool accumulate) {
    TT_RECORD("product_input_gradient");
    const at::Tensor narrow =
        shadow ? to_bfloat16(dy, s.rows, s.outputs, s.output_stride) : at::Tensor();
    if (uses_tiles(s, shadow != nullptr)) {
        if (shadow == nullptr) {
            return input_gradient_in_tiles(s, dy, s.output_stride, w, dx, accumulate);
        }
        return input_gradient_in_tiles(s, narrow.const_data_ptr<BFloat16>(), s.outputs, shadow, dx,
                                       accumulate);
    }
    multiply(shadow ? narrow : matrix(dy, s.rows, s.outputs, s.output_stride),
             shadow ? matrix(shadow, s.outputs, s.inputs, s.inputs)
                    : matrix(w, s.outputs, s.inputs, s.inputs),
             matrix(dx, s.rows, s.inputs, s.inputs), accumulate);
}

void linear_weight_gradient(const LinearShape &s, const float *dy, const float *x, float *dw,
                            bool is_bfloat16, bool accumulate) {
    TT_RECORD("product_weight_gradient");
    if (uses_tiles(s, is_bfloat16)) {
        return is_bfloat16 ? weight_gradient_in_tiles<BFloat16>(s, dy, x, dw, accumulate)
                           : weight_gradient_in_tiles<float>(s, dy, x, dw, accumulate);
    }
    const at::Tensor left = matrix(dy, s.rows, s.outputs, s.output_stride);
    const at::Tensor right = matrix(x, s.rows, s.inputs, s.inputs);
    const at::ScalarType type = is_bfloat16 ? at::kBFloat16 : at::kFloat;
    multiply(left.to(type).t(), right.to(type), matrix(dw, s.outputs, s.inputs, s.inputs),
             accumulate);
}

} // namespace tt
