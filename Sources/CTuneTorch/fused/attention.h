#pragma once
#include "linear.h"

#include <cstdint>
#include <vector>

namespace tt {

/// Multi-head self-attention of x [N, I] with its projections, W wide each, within sequences that
/// lie one after the other: sequence b has the rows `offsets[b]..<offsets[b + 1]`. Gives [N, W].
at::Tensor fused_attention(const at::Tensor &x, const Projection &query, const Projection &key,
                           const Projection &value, const std::vector<int64_t> &offsets,
                           int64_t heads, double dropout);

} // namespace tt
