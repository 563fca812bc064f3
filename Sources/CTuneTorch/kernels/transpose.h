#pragma once
// Transposition of blocks of 32-bit words.
#include <cstdint>

namespace tt {

/// `to[c, r] = from[r, c]` for `rows` × `columns` words, with the given distances between rows.
void transpose(const uint32_t *from, int64_t from_stride, uint32_t *to, int64_t to_stride,
               int64_t rows, int64_t columns) noexcept;

/// The same for floats.
inline void transpose(const float *from, int64_t from_stride, float *to, int64_t to_stride,
                      int64_t rows, int64_t columns) noexcept {
    transpose(reinterpret_cast<const uint32_t *>(from), from_stride,
              reinterpret_cast<uint32_t *>(to), to_stride, rows, columns);
}

} // namespace tt
