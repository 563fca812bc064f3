#pragma once
// Calls of oneDNN's batch-reduce micro-kernel through libtorch.
#include <ATen/native/CPUBlas.h>

#include <algorithm>
#include <cstdint>

namespace tt {

/// Whether the micro-kernel runs on this processor for operands of the given type.
bool has_tiles_float32() noexcept;
bool has_tiles_bfloat16() noexcept;

/// The rows of C that the micro-kernel keeps in registers at a time; other heights leave some of
/// them idle.
constexpr int64_t register_rows = 6;

/// Gives back, when it ends, what the micro-kernel keeps of the processor for operands of T: AMX has a
/// configuration per thread, which oneDNN's own products change and libtorch believes to be unchanged.
template <class T> struct MatrixUnitScope {
    ~MatrixUnitScope() {
        if constexpr (!std::is_same_v<T, float>) at::native::cpublas::brgemm_release();
    }
};

/// C[rows, columns] = A B or += A B for any number of rows.
///
/// The micro-kernel is compiled for each new shape, so row counts are cut into few distinct ones.
/// B is [depth, columns]; in bfloat16 pairs of its rows are interleaved, [depth/2, columns, 2].
template <class T>
void multiply_rows(int64_t rows, int64_t columns, int64_t depth, const T *a, int64_t a_stride,
                   const T *b, int64_t b_stride, float *c, int64_t c_stride, bool add) {
    constexpr bool pairs = !std::is_same_v<T, float>;
    int64_t row = 0;
    for (int64_t height = 16 * register_rows; row < rows;
         height = height > register_rows ? height / 2 : rows - row) {
        for (; height > 0 && rows - row >= height; row += height) {
            at::native::cpublas::brgemm(height, columns, depth, a_stride, b_stride, c_stride, add,
                                        a + row * a_stride, b, c + row * c_stride, pairs);
        }
    }
}

/// C[rows, columns] = A B or += A B for any depth that is a multiple of 16.
///
/// C is read and written once for each part of the depth, so parts are as long as B stays in the cache
/// for. The micro-kernel is compiled for each new depth, of which there are few, as they are rounded.
template <class T>
void multiply_depths(int64_t rows, int64_t columns, int64_t depth, const T *a, int64_t a_stride,
                     const T *b, int64_t b_stride, float *c, int64_t c_stride, bool add) {
    constexpr bool pairs = !std::is_same_v<T, float>;
    constexpr int64_t longest = 512;
    for (int64_t k = 0; k < depth; k += longest) {
        at::native::cpublas::brgemm(rows, columns, std::min(longest, depth - k), a_stride, b_stride,
                                    c_stride, add || k > 0, a + k, b + k * b_stride, c, pairs);
    }
}

} // namespace tt
