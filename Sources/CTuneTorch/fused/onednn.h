#pragma once
// Whole matrix products by oneDNN, as libtorch carries it.
#include <ATen/core/Tensor.h>

namespace tt {

/// Whether oneDNN computes products of operands of the given type on this processor.
bool has_onednn(bool is_bfloat16) noexcept;

// c = a b, or c += a b; a and b have the same type and any strides, c is float32.
//
// oneDNN compiles code for each new shape, and numbers of tokens vary from step to step. So these
// cut them into a multiple of a few, and a rest with rows of zeros.

/// Rows of a and c are tokens.
void multiply_by_onednn(const at::Tensor &a, const at::Tensor &b, const at::Tensor &c,
                        bool accumulate);
/// Columns of a and rows of b are tokens.
void sum_by_onednn(const at::Tensor &a, const at::Tensor &b, const at::Tensor &c, bool accumulate);

} // namespace tt
