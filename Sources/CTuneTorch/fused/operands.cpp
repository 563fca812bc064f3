#include "operands.h"
#include "library.h"

#include "../kernels/parallel.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>

#include <cstring>

namespace tt {
namespace {

using c10::BFloat16;

uint16_t *words(BFloat16 *x) { return reinterpret_cast<uint16_t *>(x); }
const uint16_t *words(const BFloat16 *x) { return reinterpret_cast<const uint16_t *>(x); }

/// Whether rows lie so far apart that the lines of all of them share few places of the caches, which
/// are chosen by the lower bits of an address.
bool rows_collide(int64_t stride) { return stride * sizeof(float) % 4096 == 0; }

/// Asks for a row of B that is packed soon: rows lie too far apart for the processor to look ahead by
/// itself.
template <class T> void prefetch_row(const T *row, int64_t columns) {
    for (int64_t c = 0; c < columns; c += 64 / sizeof(T)) __builtin_prefetch(row + c);
}

/// Rows in float32, zero from `rows` to the rounded depth, in panels of columns one after the other,
/// `[depth, panel columns]` each; `copy(part of a row, to, columns)`.
template <class T, class Copy>
at::Tensor row_panels(const T *x, int64_t rows, int64_t columns, Copy &&copy) {
    const int64_t depth = rounded_depth(rows);
    at::Tensor result = at::empty({depth * columns}, at::kFloat);
    float *to = result.data_ptr<float>();
    parallel(depth, 16, [&](int64_t begin, int64_t end) {
        for (int64_t t = begin; t < end; t++) {
            for (int64_t c = 0; c < columns; c += InputRows::panel) {
                const int64_t width = std::min(InputRows::panel, columns - c);
                float *part = to + c * depth + t * width;
                if (t < rows) {
                    copy(x + t * columns + c, part, width);
                } else {
                    std::memset(part, 0, width * sizeof(float));
                }
            }
        }
    });
    return result;
}

/// Rows interleaved in pairs, zero from `rows` to the rounded depth, in panels of columns one after the
/// other, `[depth/2, panel columns, 2]` each; `join(first, second, pairs, columns)` interleaves parts of
/// two rows.
template <class T, class Join>
at::Tensor row_pairs(const T *x, int64_t rows, int64_t columns, Join &&join) {
    const int64_t depth = rounded_depth(rows);
    at::Tensor result = at::empty({depth * columns}, at::kBFloat16);
    auto *to = reinterpret_cast<uint32_t *>(result.data_ptr<BFloat16>());
    const at::Tensor zeros = at::zeros({columns}, c10::CppTypeToScalarType<T>::value);
    const auto row = [&](int64_t t) {
        return t < rows ? x + t * columns : zeros.const_data_ptr<T>();
    };
    parallel(depth / 2, 8, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; i++) {
            for (int64_t c = 0; c < columns; c += InputRows::panel) {
                const int64_t width = std::min(InputRows::panel, columns - c);
                join(row(2 * i) + c, row(2 * i + 1) + c, to + c * depth / 2 + i * width, width);
            }
        }
    });
    return result;
}

/// Zeros from `begin` to the end of each row of a dense matrix.
void clear_ends(float *x, int64_t begin, int64_t rows, int64_t columns) {
    for (int64_t row = 0; row < rows; row++) {
        std::memset(x + row * columns + begin, 0, (columns - begin) * sizeof(float));
    }
}

} // namespace

Operand::Operand(const float *x, int64_t count, int64_t columns, int64_t stride, bool is_bfloat16)
    : rows{x, nullptr, stride} {
    if (!is_bfloat16) return;
    copy = at::empty({count, columns}, at::kBFloat16);
    auto *to = words(copy.data_ptr<BFloat16>());
    parallel(count, 16, [&](int64_t begin, int64_t end) {
        kernels().to_bfloat16(x + begin * stride, stride, to + begin * columns, columns,
                              end - begin, columns);
    });
    rows = {nullptr, copy.const_data_ptr<BFloat16>(), columns};
}

Operand Operand::widened(Rows x, int64_t count, int64_t columns) {
    at::Tensor copy = at::empty({count, columns}, at::kFloat);
    float *to = copy.data_ptr<float>();
    parallel(count, 16, [&](int64_t begin, int64_t end) {
        kernels().widen(words(x.half + begin * x.stride), x.stride, to + begin * columns, columns,
                        end - begin, columns);
    });
    return {copy, {to, nullptr, columns}};
}

void pack_transposed(const BFloat16 *w, int64_t stride, float *panel, int64_t columns,
                     int64_t depth) {
    kernels().transpose_widened(words(w), stride, panel, columns, columns, depth);
}

Packed<float> pack(const float *b, int64_t stride, float *panel, int64_t columns, int64_t depth) {
    if (!rows_collide(stride)) return {b, stride};
    for (int64_t k = 0; k < depth; k++) {
        if (k + 8 < depth) prefetch_row(b + (k + 8) * stride, columns);
        std::memcpy(panel + k * columns, b + k * stride, columns * sizeof(float));
    }
    return {panel, columns};
}

Packed<float> pack(const BFloat16 *b, int64_t stride, float *panel, int64_t columns,
                   int64_t depth) {
    for (int64_t k = 0; k < depth; k++) {
        if (k + 8 < depth) prefetch_row(b + (k + 8) * stride, columns);
        kernels().widen(words(b + k * stride), stride, panel + k * columns, columns, 1, columns);
    }
    return {panel, columns};
}

Packed<BFloat16> pack(const BFloat16 *b, int64_t stride, BFloat16 *panel, int64_t columns,
                      int64_t depth) {
    auto *to = reinterpret_cast<uint32_t *>(panel);
    for (int64_t k = 0; k < depth; k += 2, to += columns) {
        for (int64_t row = k + 8; row < std::min(k + 10, depth); row++) {
            prefetch_row(b + row * stride, columns);
        }
        kernels().join_pairs(words(b + k * stride), words(b + (k + 1) * stride), to, columns);
    }
    return {panel, columns};
}

void pack_gradient(const float *dy, int64_t stride, int64_t rows, int64_t outputs, int64_t depth,
                   float *panel) {
    kernels().transpose(dy, stride, panel, depth, rows, outputs);
    clear_ends(panel, rows, outputs, depth);
}

void pack_gradient(const BFloat16 *dy, int64_t stride, int64_t rows, int64_t outputs, int64_t depth,
                   float *panel) {
    kernels().transpose_widened(words(dy), stride, panel, depth, rows, outputs);
    clear_ends(panel, rows, outputs, depth);
}

void pack_gradient(const BFloat16 *dy, int64_t stride, int64_t rows, int64_t outputs, int64_t depth,
                   BFloat16 *panel) {
    kernels().transpose_bfloat16(words(dy), stride, words(panel), depth, rows, outputs);
}

InputRows::InputRows(const float *x, int64_t rows, int64_t inputs, bool is_bfloat16)
    : single(x), rows(rows), inputs(inputs), is_bfloat16(is_bfloat16) {}

InputRows::InputRows(const BFloat16 *x, int64_t rows, int64_t inputs)
    : half(x), rows(rows), inputs(inputs), is_bfloat16(true) {}

at::Tensor InputRows::widened(const BFloat16 *x) const {
    return row_panels(x, rows, inputs, [](const BFloat16 *from, float *to, int64_t columns) {
        kernels().widen(words(from), columns, to, columns, 1, columns);
    });
}

at::Tensor InputRows::widened(const float *x) const {
    return row_panels(x, rows, inputs, [](const float *from, float *to, int64_t columns) {
        uint16_t rounded[panel];
        kernels().to_bfloat16(from, columns, rounded, columns, 1, columns);
        kernels().widen(rounded, columns, to, columns, 1, columns);
    });
}

void InputRows::prepare_tiles(bool widens) const {
    if (widens) {
        if (!panels.defined()) panels = half != nullptr ? widened(half) : widened(single);
        return;
    }
    if (pairs.defined() || rest.defined() || (!is_bfloat16 && panels.defined())) return;
    if (half != nullptr) {
        pairs = row_pairs(half, rows, inputs, [](auto first, auto second, auto to, int64_t columns) {
            kernels().join_pairs(words(first), words(second), to, columns);
        });
        return;
    }
    if (is_bfloat16) {
        pairs = row_pairs(single, rows, inputs, [](auto first, auto second, auto to, int64_t columns) {
            kernels().to_bfloat16_pairs(first, second, to, columns);
        });
        return;
    }
    if (rows_collide(inputs)) {
        panels = row_panels(single, rows, inputs, [](const float *from, float *to, int64_t columns) {
            std::memcpy(to, from, columns * sizeof(float));
        });
        return;
    }
    const int64_t whole = rows / 16 * 16, count = (rows - whole) * inputs;
    if (whole == rows) return;
    rest = at::empty({16, inputs}, at::kFloat);
    float *to = rest.data_ptr<float>();
    std::memcpy(to, single + whole * inputs, count * sizeof(float));
    std::memset(to + count, 0, (16 * inputs - count) * sizeof(float));
}

void InputRows::multiply(int64_t row, int64_t depth, int64_t outputs, int64_t columns,
                         const float *a, int64_t input, float *c, bool add) const {
    if (panels.defined()) {
        const float *panel = panels.const_data_ptr<float>() + input * rounded_depth(rows);
        return multiply_depths(outputs, columns, depth, a, depth, panel + row * columns, columns, c,
                               inputs, add);
    }
    const int64_t whole = std::min(depth, (rows - row) / 16 * 16);
    multiply_depths(outputs, columns, whole, a, depth, single + row * inputs + input, inputs, c,
                    inputs, add);
    if (whole == depth) return;
    multiply_depths(outputs, columns, depth - whole, a + whole, depth,
                    rest.const_data_ptr<float>() + input, inputs, c, inputs, add || whole > 0);
}

void InputRows::multiply(int64_t row, int64_t depth, int64_t outputs, int64_t columns,
                         const BFloat16 *a, int64_t input, float *c, bool add) const {
    const BFloat16 *panel = pairs.const_data_ptr<BFloat16>() + input * rounded_depth(rows);
    multiply_depths(outputs, columns, depth, a, depth, panel + row * columns, columns, c, inputs,
                    add);
}

at::Tensor InputRows::matrix() const {
    if (half != nullptr) return tt::matrix(half, rows, inputs, inputs);
    if (!is_bfloat16) return tt::matrix(single, rows, inputs, inputs);
    if (!copy) copy.emplace(single, rows, inputs, inputs, true);
    return tt::matrix(Rows(*copy).half, rows, inputs, inputs);
}

} // namespace tt
