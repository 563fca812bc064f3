#pragma once
// Matrix products by the library that libtorch takes for them.
#include <ATen/core/Tensor.h>

#include <cstdint>

namespace tt {

/// A view of a matrix in memory.
at::Tensor matrix(const float *data, int64_t rows, int64_t columns, int64_t stride);
at::Tensor matrix(const c10::BFloat16 *data, int64_t rows, int64_t columns, int64_t stride);

/// c = a b, or c += a b; a and b have the same type, c is float32.
void multiply(const at::Tensor &a, const at::Tensor &b, const at::Tensor &c, bool accumulate);

} // namespace tt
