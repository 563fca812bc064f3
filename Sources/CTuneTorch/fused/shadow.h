#pragma once
// Copies of weights in bfloat16 for products in mixed precision.
#include <ATen/core/Tensor.h>

namespace tt {

/// Whether the calling thread computes under autocast to bfloat16 on the CPU.
bool is_autocast_bfloat16();

/// The weight in bfloat16, of the weight's shape. The copy is kept and made again only after the
/// weight was changed.
at::Tensor shadow_of(const at::Tensor &weight);

/// The kept copy to be overwritten together with the weight, or an undefined tensor when there is
/// none; `shadow_was_written` must follow.
at::Tensor existing_shadow(const at::Tensor &weight);

/// Says that the copy holds the values that the weight has now.
void shadow_was_written(const at::Tensor &weight);

} // namespace tt
