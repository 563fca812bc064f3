#pragma once
// Linear layers on rows, the core of every fused layer.
#include "gemm.h"
#include "support.h"

namespace tt {

/// The matrix products of one layer, with the shapes checked. x is [T, I].
class LinearLayer {
  public:
    /// Throws when x, weight and bias do not fit; `bias` may be undefined.
    LinearLayer(const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias,
                bool is_bfloat16, int64_t output_stride = 0);

    void forward(float *y, Epilogue epilogue = {}) const;
    /// y with the bias added, where there is one.
    void forward_with_bias(const at::Tensor &bias, float *y) const;
    /// dx [T, I] from dy.
    void input_gradient(const float *dy, float *dx, bool accumulate = false) const;
    /// The gradient of the weight, for autograd.
    at::Tensor weight_gradient(const float *dy) const;

    LinearShape shape;

  private:
    at::Tensor x, weight;
    bool is_bfloat16;
    Weight operand;
};

/// y = x wᵀ + b for x [..., I].
at::Tensor fused_linear(const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias);

/// gelu(x wᵀ + b).
at::Tensor fused_linear_gelu(const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias,
                             Gelu form);

} // namespace tt
