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

Packed<BFloat16> pack(const BFloat16 *b, int64_t stride, BFloat16 *panel, int64_t columns,
                      int64_t depth) {
    auto *to = reinterpret_cast<uint32_t *>(panel);
    for (int64_t k = 0; k < depth; k += 2, to += columns) {
        // Four pairs ahead: rows lie too far apart for the processor to look ahead by itself.
        for (int64_t row = k + 8; row < std::min(k + 10, depth); row++) {
            for (int64_t c = 0; c < columns; c += 32) __builtin_prefetch(b + row * stride + c);
        }
        kernels().join_pairs(words(b + k * stride), words(b + (k + 1) * stride), to, columns);
    }
    return {panel, columns};
}

void pack_gradient(const float *dy, int64_t stride, int64_t rows, int64_t outputs, int64_t depth,
                   float *panel) {
    kernels().transpose(dy, stride, panel, depth, rows, outputs);
    for (int64_t o = 0; o < outputs; o++) {
        std::memset(panel + o * depth + rows, 0, (depth - rows) * sizeof(float));
    }
}

void pack_gradient(const BFloat16 *dy, int64_t stride, int64_t rows, int64_t outputs, int64_t depth,
                   BFloat16 *panel) {
    kernels().transpose_bfloat16(words(dy), stride, words(panel), depth, rows, outputs);
}

InputRows::InputRows(const float *x, int64_t rows, int64_t inputs, bool is_bfloat16)
    : single(x), rows(rows), inputs(inputs), is_bfloat16(is_bfloat16) {}

InputRows::InputRows(const BFloat16 *x, int64_t rows, int64_t inputs)
    : half(x), rows(rows), inputs(inputs), is_bfloat16(true) {}

void InputRows::prepare_tiles() const {
    if (pairs.defined() || rest.defined()) return;
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
    const int64_t whole = rows / 16 * 16, count = (rows - whole) * inputs;
    if (whole == rows) return;
    rest = at::empty({16, inputs}, at::kFloat);
    float *to = rest.data_ptr<float>();
    std::memcpy(to, single + whole * inputs, count * sizeof(float));
    std::memset(to + count, 0, (16 * inputs - count) * sizeof(float));
}

void InputRows::multiply(int64_t row, int64_t depth, int64_t outputs, int64_t columns,
                         const float *a, int64_t input, float *c, bool add) const {
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
