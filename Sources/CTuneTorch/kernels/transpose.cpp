#include "transpose.h"

#include <cstring>

namespace {

// Four words: what every processor of interest can shuffle.
typedef uint32_t Words __attribute__((vector_size(16)));

Words load(const uint32_t *p) {
    Words v;
    std::memcpy(&v, p, sizeof v);
    return v;
}

void store(uint32_t *p, Words v) { std::memcpy(p, &v, sizeof v); }

void transpose_4x4(const uint32_t *from, int64_t from_stride, uint32_t *to, int64_t to_stride) {
    const Words a = load(from), b = load(from + from_stride);
    const Words c = load(from + 2 * from_stride), d = load(from + 3 * from_stride);
    const Words ab_low = __builtin_shufflevector(a, b, 0, 4, 1, 5);
    const Words ab_high = __builtin_shufflevector(a, b, 2, 6, 3, 7);
    const Words cd_low = __builtin_shufflevector(c, d, 0, 4, 1, 5);
    const Words cd_high = __builtin_shufflevector(c, d, 2, 6, 3, 7);
    store(to, __builtin_shufflevector(ab_low, cd_low, 0, 1, 4, 5));
    store(to + to_stride, __builtin_shufflevector(ab_low, cd_low, 2, 3, 6, 7));
    store(to + 2 * to_stride, __builtin_shufflevector(ab_high, cd_high, 0, 1, 4, 5));
    store(to + 3 * to_stride, __builtin_shufflevector(ab_high, cd_high, 2, 3, 6, 7));
}

void transpose_plainly(const uint32_t *from, int64_t from_stride, uint32_t *to, int64_t to_stride,
                       int64_t rows, int64_t columns) {
    for (int64_t r = 0; r < rows; r++) {
        for (int64_t c = 0; c < columns; c++) to[c * to_stride + r] = from[r * from_stride + c];
    }
}

} // namespace

void tt::transpose(const uint32_t *from, int64_t from_stride, uint32_t *to, int64_t to_stride,
                   int64_t rows, int64_t columns) noexcept {
    // Columns in strips of one cache line of the source, so that both sides are read and written in
    // whole lines.
    constexpr int64_t strip = 16;
    const int64_t whole_rows = rows & ~3, whole_columns = columns & ~3;
    for (int64_t left = 0; left < whole_columns; left += strip) {
        const int64_t right = left + strip < whole_columns ? left + strip : whole_columns;
        for (int64_t r = 0; r < whole_rows; r += 4) {
            for (int64_t c = left; c < right; c += 4) {
                transpose_4x4(from + r * from_stride + c, from_stride, to + c * to_stride + r,
                              to_stride);
            }
        }
    }
    transpose_plainly(from + whole_columns, from_stride, to + whole_columns * to_stride, to_stride,
                      whole_rows, columns - whole_columns);
    transpose_plainly(from + whole_rows * from_stride, from_stride, to + whole_rows, to_stride,
                      rows - whole_rows, columns);
}
