#pragma once
#include "linear.h"

#include <array>
#include <cstdint>
#include <vector>

namespace tt {

/// Rows x [N, I] in sequences that lie one after the other: sequence b has the rows
/// `offsets[b]..<offsets[b + 1]`.
struct Sequences {
    at::Tensor x;
    std::vector<int64_t> offsets;
};

/// The projections of an attention layer, W wide each, in the order query, key, value.
using AttentionProjections = std::array<Projection, 3>;

/// Multi-head attention of the rows of `queries` to those of the same sequence of `keys`, which may
/// be the same rows. Gives [queries, W].
at::Tensor fused_attention(const Sequences &queries, const Sequences &keys,
                           const AttentionProjections &projections, int64_t heads,
                           double dropout);

} // namespace tt
