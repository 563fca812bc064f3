#pragma once
#include <ATen/core/Tensor.h>

#include <vector>

namespace tt {

/// The tensors of one group of parameters, in the same order.
struct AdamWTensors {
    std::vector<at::Tensor> parameters, gradients, averages, squares, steps;

    /// Whether the kernels can work on all of them: dense float32 on the CPU.
    bool fit_kernels() const;
};

struct AdamWSettings {
    double learning_rate, beta1, beta2, weight_decay, epsilon;
    /// What gradients are multiplied with on the way, as clipping asks.
    double gradient_factor;
};

/// One step of AdamW in one pass over all tensors; copies in bfloat16 that exist are renewed.
void adamw_step(const AdamWTensors &tensors, const AdamWSettings &settings);

/// The Euclidean norm over all gradients, dense float32 on the CPU; in one pass over those
/// whose squares are not known.
double gradient_norm(const std::vector<at::Tensor> &gradients);

/// Whether a tensor is dense float32 on the CPU.
bool is_plain(const at::Tensor &tensor);

} // namespace tt
