#include "operands.h"

#include "../kernels/parallel.h"

#include <ATen/ops/empty.h>

#include <cstring>

namespace tt {
namespace {

using c10::BFloat16;

constexpr int64_t depth_multiple = 16;

int64_t rounded_depth(int64_t rows) {
    return (rows + depth_multiple - 1) / depth_multiple * depth_multiple;
}

/// Two numbers in bfloat16, the first in the lower half.
uint32_t pair(BFloat16 first, BFloat16 second) {
    return static_cast<uint32_t>(first.x) | static_cast<uint32_t>(second.x) << 16;
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
        for (int64_t c = 0; c < columns; c++) *to++ = pair(first[c], second[c]);
    }
    return {panel, columns};
}

void pack_gradient(const float *dy, int64_t stride, float *panel, int64_t rows, int64_t depth,
                   int64_t outputs) {
    kernels().transpose(dy, stride, panel, depth, rows, outputs);
    for (int64_t o = 0; o < outputs; o++) {
        std::memset(panel + o * depth + rows, 0, (depth - rows) * sizeof(float));
    }
}

void pack_gradient(const float *dy, int64_t stride, BFloat16 *panel, int64_t rows, int64_t depth,
                   int64_t outputs) {
    auto *to = reinterpret_cast<uint32_t *>(panel);
    for (int64_t t = 0; t < depth; t += 2) {
        const float *first = dy + t * stride, *second = first + stride;
        for (int64_t o = 0; o < outputs; o++) {
            to[o * depth / 2 + t / 2] =
                pair(t < rows ? first[o] : 0.0f, t + 1 < rows ? second[o] : 0.0f);
        }
    }
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
    : depth(rounded_depth(rows)), inputs(inputs), pairs(at::empty({depth, inputs}, at::kBFloat16)) {
    auto *to = reinterpret_cast<uint32_t *>(pairs.data_ptr<BFloat16>());
    parallel(depth / 2, 8, [&](int64_t begin, int64_t end) {
        for (int64_t t = 2 * begin; t < 2 * end; t += 2) {
            const float *first = x + t * inputs, *second = first + inputs;
            for (int64_t i = 0; i < inputs; i++) {
                to[t / 2 * inputs + i] =
                    pair(t < rows ? first[i] : 0.0f, t + 1 < rows ? second[i] : 0.0f);
            }
        }
    });
}

void InputRows<BFloat16>::multiply(int64_t outputs, int64_t columns, const BFloat16 *a, int64_t input,
                                float *c, bool add) const {
    multiply_depths(outputs, columns, depth, a, depth,
                    pairs.const_data_ptr<BFloat16>() + 2 * input, inputs, c, inputs, add);
}

} // namespace tt
