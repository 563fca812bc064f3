#pragma once
// Linear layers on rows, the core of every fused layer.
#include "gemm.h"
#include "support.h"

#include <vector>

namespace tt {

/// A linear layer's parameters; the bias may be undefined.
struct Projection {
    at::Tensor weight, bias;
};

/// The matrix products of one or several layers with the same input, their outputs side by side.
class LinearLayers {
  public:
    /// Throws unless the parameters are float32 on the CPU and all weights [O, I].
    LinearLayers(const std::vector<Projection> &layers, bool is_bfloat16);

    /// `rows` [T, I] in the format of the products.
    Operand operand(const at::Tensor &rows) const;
    /// The same for output gradients, [T, O] from memory with rows `stride` apart.
    Operand operand(const float *rows, int64_t count, int64_t stride) const;

    /// y from x.
    void forward(int64_t rows, Rows x, Result y) const;
    /// y, rows `stride` apart, with the biases added where there are any.
    void forward_with_bias(int64_t rows, Rows x, float *y) const;
    /// dx from dy.
    void input_gradient(int64_t rows, Rows dy, Result dx) const;
    /// The gradient of a layer's weight, for autograd; undefined where it is not asked for.
    at::Tensor weight_gradient(std::size_t layer, int64_t rows, Rows dy, const InputRows &x) const;

    /// Of one layer; `width` is that of all outputs.
    int64_t inputs, outputs, width;
    const bool is_bfloat16;

  private:
    LinearShape shape(int64_t rows) const { return {rows, inputs, outputs}; }

    std::vector<Projection> layers;
    /// The weights in the format of the products.
    std::vector<at::Tensor> shadows;
    std::vector<Rows> weights;
};

/// The rows of x in bfloat16 or float32 as weight gradients take them.
InputRows input_rows(const at::Tensor &x, bool is_bfloat16);

/// y = x wᵀ + b for x [..., I].
at::Tensor fused_linear(const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias);

} // namespace tt
