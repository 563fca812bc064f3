#include "operands.h"

#include "../kernels/parallel.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>

#include <cstring>

namespace tt {
namespace {

using c10::BFloat16;

constexpr int64_t depth_multiple = 16;

int64_t rounded_depth(int64_t rows) {
    return (rows + depth_multiple - 1) / depth_multiple * depth_multiple;
}

/// The rows of a matrix in bfloat16 with rows interleaved in pairs, `[depth/2, columns, 2]`; rows
/// from `rows` to the rounded depth are zero.
at::Tensor row_pairs(const float *x, int64_t stride, int64_t rows, int64_t columns) {
    const int64_t depth = rounded_depth(rows);
    at::Tensor result = at::empty({depth / 2, columns, 2}, at::kBFloat16);
    auto *to = reinterpret_cast<uint32_t *>(result.data_ptr<BFloat16>());
    const at::Tensor zeros = at::zeros({columns}, at::kFloat);
    const auto row = [&](int64_t t) {
        return t < rows ? x + t * stride : zeros.const_data_ptr<float>();
    };
    parallel(depth / 2, 8, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; i++) {
            kernels().to_bfloat16_pairs(row(2 * i), row(2 * i + 1), to + i * columns, columns);
        }
    });
    return result;
}

} // namespace

at::Tensor to_bfloat16(const float *x, int64_t rows, int64_t columns, int64_t stride) {
    at::Tensor result = at::empty({rows, columns}, at::kBFloat16);
    auto *to = reinterpret_cast<uint16_t *>(result.data_ptr<BFloat16>());
    parallel(rows, 16, [&](int64_t begin, int64_t end) {
        kernels().to_bfloat16(x + begin * stride, stride, to + begin * columns, columns,
                              end - begin, columns);
    });
    return result;
}

Packed<BFloat16> pack(const BFloat16 *b, int64_t stride, BFloat16 *panel, int64_t columns,
                      int64_t depth) {
    auto *to = reinterpret_cast<uint32_t *>(panel);
    for (int64_t k = 0; k < depth; k += 2) {
        const BFloat16 *first = b + k * stride, *second = first + stride;
        for (int64_t c = 0; c < columns; c++) {
            *to++ = static_cast<uint32_t>(first[c].x) | static_cast<uint32_t>(second[c].x) << 16;
        }
    }
    return {panel, columns};
}

void OutputGradient<float>::pack(int64_t output, int64_t outputs, int64_t depth,
                                 float *panel) const {
    kernels().transpose(dy + output, stride, panel, depth, rows, outputs);
    for (int64_t o = 0; o < outputs; o++) {
        std::memset(panel + o * depth + rows, 0, (depth - rows) * sizeof(float));
    }
}

OutputGradient<BFloat16>::OutputGradient(const float *dy, int64_t stride, int64_t rows,
                                         int64_t outputs)
    : pairs(row_pairs(dy, stride, rows, outputs)) {}

void OutputGradient<BFloat16>::pack(int64_t output, int64_t outputs, int64_t depth,
                                    BFloat16 *panel) const {
    const auto *words = reinterpret_cast<const float *>(pairs.const_data_ptr<BFloat16>());
    kernels().transpose(words + output, pairs.size(1), reinterpret_cast<float *>(panel), depth / 2,
                        depth / 2, outputs);
}

InputRows<float>::InputRows(const float *x, int64_t rows, int64_t inputs)
    : depth(rounded_depth(rows)), x(x), inputs(inputs), whole(rows / depth_multiple * depth_multiple) {
    if (whole == rows) return;
    rest = at::empty({depth_multiple, inputs}, at::kFloat);
    float *to = rest.data_ptr<float>();
    const int64_t count = (rows - whole) * inputs;
    std::memcpy(to, x + whole * inputs, count * sizeof(float));
    std::memset(to + count, 0, (depth_multiple * inputs - count) * sizeof(float));
}

void InputRows<float>::multiply(int64_t outputs, int64_t columns, const float *a, int64_t input,
                             float *c, bool add) const {
    multiply_depths(outputs, columns, whole, a, depth, x + input, inputs, c, inputs, add);
    if (whole == depth) return;
    multiply_depths(outputs, columns, depth_multiple, a + whole, depth,
                    rest.const_data_ptr<float>() + input, inputs, c, inputs, add || whole > 0);
}

InputRows<BFloat16>::InputRows(const float *x, int64_t rows, int64_t inputs)
    : depth(rounded_depth(rows)), inputs(inputs), pairs(row_pairs(x, inputs, rows, inputs)) {}

void InputRows<BFloat16>::multiply(int64_t outputs, int64_t columns, const BFloat16 *a, int64_t input,
                                float *c, bool add) const {
    multiply_depths(outputs, columns, depth, a, depth,
                    pairs.const_data_ptr<BFloat16>() + 2 * input, inputs, c, inputs, add);
}

} // namespace tt
