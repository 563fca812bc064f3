#pragma once
#include <ATen/core/Tensor.h>

namespace tt {

/// The parameters of a layer normalisation, [W] each, and what is added to the variance.
struct NormParameters {
    at::Tensor gamma, beta;
    double epsilon;
};

/// layer_norm(dropout(x wᵀ + b) + residual): the end of both blocks of an encoder layer.
/// x [..., I], residual [..., W].
at::Tensor fused_residual_norm(const at::Tensor &x, const at::Tensor &weight,
                               const at::Tensor &bias, const at::Tensor &residual,
                               const NormParameters &norm, double dropout);

} // namespace tt
