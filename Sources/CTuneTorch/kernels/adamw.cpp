#include "kernels.h"

#include <cmath>

tt::AdamW::AdamW(double learning_rate, double beta1, double beta2, double eps, double weight_decay,
                 double step, float gradient_factor) noexcept
    : gradient_factor(gradient_factor),
      decay(static_cast<float>(1 - learning_rate * weight_decay)),
      first_weight(static_cast<float>(1 - beta1)),
      second_decay(static_cast<float>(beta2)),
      second_weight(static_cast<float>(1 - beta2)),
      root_correction(static_cast<float>(std::sqrt(1 - std::pow(beta2, step)))),
      eps(static_cast<float>(eps)),
      step_size(static_cast<float>(learning_rate / (1 - std::pow(beta1, step)))) {}
