#pragma once
#include "residual.h"

namespace tt {

/// norm(dropout(w₂ gelu(w₁ x + b₁) + b₂) + x): the second block of an encoder layer, [..., W].
/// The backward pass keeps what GELU is applied to, and computes GELU again.
at::Tensor fused_feed_forward(const at::Tensor &x, const Projection &inner,
                              const Projection &outer, Gelu form, const NormParameters &norm,
                              double dropout);

} // namespace tt
