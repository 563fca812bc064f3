#pragma once
#include "residual.h"

namespace tt {

/// dropout(layer_norm(words[w] + types[t] + positions[p])) for ids of one shape [...], int64.
/// `padding` is the word that learns nothing, or negative. Throws for ids outside their table.
struct EmbeddingTables {
    at::Tensor words, types, positions;
    int64_t padding;
};

at::Tensor fused_embedding(const at::Tensor &words, const at::Tensor &types,
                           const at::Tensor &positions, const EmbeddingTables &tables,
                           const NormParameters &norm, double dropout);

} // namespace tt
