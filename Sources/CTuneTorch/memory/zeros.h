#pragma once
// Tensors of zeros on the CPU that do not write zeros where memory has them already.
#include <ATen/core/Tensor.h>

namespace tt {

/// A dense tensor of zeros.
at::Tensor zeros(at::IntArrayRef sizes, at::ScalarType type);

/// A dense tensor of zeros for data of which few parts are ever written: the system supplies its
/// memory in small pages, each with the first write to it.
at::Tensor sparse_zeros(at::IntArrayRef sizes, at::ScalarType type);

} // namespace tt
