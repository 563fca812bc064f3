#pragma once
#include "linear.h"

namespace tt {

/// The parameters of a layer normalisation, [W] each, and what is added to the variance.
struct NormParameters {
    at::Tensor gamma, beta;
    double epsilon;
};

/// `y = norm(dropout(z + b) + residual)` on rows of width W, the end of both blocks of an encoder
/// layer, for functions that compute z.
class ResidualNorm {
  public:
    /// Draws the mask. Throws unless parameters and residual have the width of z [N, W].
    ResidualNorm(const at::Tensor &residual, const at::Tensor &bias, const NormParameters &norm,
                 double probability, int64_t rows, int64_t width);

    /// Memory for z, which the backward pass needs as it is after `forward`.
    const at::Tensor sum;
    /// Means and 1/√(variance + ε), for the backward pass.
    const at::Tensor moments;
    const Dropout dropout;

    /// y of the given sizes.
    at::Tensor forward(at::IntArrayRef sizes) const;

  private:
    at::Tensor residual, bias;
    NormParameters norm;
};

/// The gradients of a `ResidualNorm`.
class ResidualNormGradients {
  public:
    /// `sum`, `moments` and `dropout` as the forward pass left them; `is_bfloat16` is the format of
    /// the product that gave z.
    ResidualNormGradients(const at::Tensor &dy, const at::Tensor &sum, const at::Tensor &moments,
                          const at::Tensor &gamma, const Dropout &dropout, bool is_bfloat16);

    /// That of the residual, [N, W].
    const at::Tensor residual;
    /// That of z: may be the memory of `residual`.
    Rows z() const;
    /// Those of the parameters.
    const RowSums gamma, beta, bias;

  private:
    at::Tensor d_z;
};

/// layer_norm(dropout(x wᵀ + b) + residual); x [..., I], residual [..., W].
at::Tensor fused_residual_norm(const at::Tensor &x, const at::Tensor &weight,
                               const at::Tensor &bias, const at::Tensor &residual,
                               const NormParameters &norm, double dropout);

} // namespace tt
