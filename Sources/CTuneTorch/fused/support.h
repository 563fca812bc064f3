#pragma once
// What the fused layers share.
#include "../kernels/kernels.h"
#include "../kernels/parallel.h"
#include "shadow.h"

#include <ATen/core/Tensor.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace tt {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

/// Throws unless a tensor is float32 on the CPU; `name` is for the message.
void check_operand(const at::Tensor &tensor, const char *name);

/// Throws unless the sizes are equal.
void check_sizes(const at::Tensor &tensor, at::IntArrayRef sizes, const char *name);

/// Dropout with a new key from the default generator; draws nothing when `probability` is 0.
Dropout draw_dropout(double probability);

/// Keeps a mask for the backward pass.
void save(const Dropout &dropout, AutogradContext *context);
Dropout saved_dropout(AutogradContext *context);

/// Where a backward pass leaves the gradient of a parameter: added to the gradient that the
/// parameter has already, without a tensor in between, or in new memory that autograd takes over.
class ParameterGradient {
  public:
    explicit ParameterGradient(const at::Tensor &parameter);

    float *data() const { return memory.data_ptr<float>(); }
    const at::Tensor &tensor() const { return memory; }

    /// Whether to add to what is in memory, else it has no values yet.
    bool accumulates() const { return is_in_place; }

    /// What the backward function returns for the parameter.
    at::Tensor result() const { return is_in_place ? at::Tensor() : memory; }

    /// Fills new memory with zeros, for gradients that touch few elements.
    void clear_if_new() const;

  private:
    bool is_in_place;
    at::Tensor memory;
};

/// Sums over rows: gradients of biases and of normalisations. Each chunk of rows has sums of its
/// own, which are added in order, so that results do not depend on the number of threads.
class RowSums {
  public:
    RowSums(int64_t rows, int64_t width);

    float *chunk(int64_t index) const { return sums.data_ptr<float>() + index * sums.size(1); }

    /// Adds the sums of all chunks to the gradient of a parameter.
    at::Tensor finish(const at::Tensor &parameter) const;

  private:
    at::Tensor sums;
};

/// Calls `body(chunk, begin, end)` for the chunks of rows, in parallel.
template <class Body> void for_row_chunks(int64_t rows, Body &&body) {
    parallel((rows + row_chunk - 1) / row_chunk, 1, [&](int64_t first, int64_t last) {
        for (int64_t chunk = first; chunk < last; chunk++) {
            body(chunk, chunk * row_chunk, std::min((chunk + 1) * row_chunk, rows));
        }
    });
}

/// The gradient of a bias: the sums of the columns of dy.
at::Tensor bias_gradient(const at::Tensor &bias, const float *dy, int64_t rows, int64_t stride);

/// `[…, width]` as dense `[rows, width]`.
inline at::Tensor as_rows(const at::Tensor &x) { return x.reshape({-1, x.size(-1)}).contiguous(); }

/// How autograd takes a bias that may be absent: dense, as kernels read it.
inline std::optional<at::Tensor> optional(const at::Tensor &tensor) {
    return tensor.defined() ? std::optional(tensor.contiguous()) : std::nullopt;
}

/// Whether a saved input that may be absent asks for its gradient.
inline bool needs_gradient(const at::Tensor &saved) {
    return saved.defined() && saved.requires_grad();
}

/// The given sizes with another last one.
std::vector<int64_t> with_width(at::IntArrayRef sizes, int64_t width);

} // namespace tt
