#pragma once
// Sums of squares of gradients, taken while their elements were in the cache: the norm that gradients
// are clipped by then needs no pass over memory.
#include <ATen/core/Tensor.h>

#include <optional>

namespace tt {

/// Remembers the sum of the squares of all elements, until they change.
void remember_squares(const at::Tensor &gradient, double squares);

/// The remembered sum, if the elements have not changed since.
std::optional<double> remembered_squares(const at::Tensor &gradient);

} // namespace tt
