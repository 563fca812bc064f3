#include "tt_optim.h"
#include "guard.h"
#include "recording.h"

#include "fused/optimizer.h"

#include <ATen/ops/_amp_foreach_non_finite_check_and_unscale.h>
#include <ATen/ops/_foreach_mul.h>
#include <ATen/ops/_foreach_norm.h>
#include <ATen/ops/_fused_adamw.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/zeros.h>
#include <c10/core/GradMode.h>

#include <algorithm>

namespace {

/// Throws unless each tensor has the shape of its parameter.
void check_shapes(const tt::AdamWTensors &tensors) {
    for (const auto *list : {&tensors.gradients, &tensors.averages, &tensors.squares}) {
        for (std::size_t i = 0; i < list->size(); i++) {
            const auto sizes = tensors.parameters[i].sizes();
            TORCH_CHECK_VALUE((*list)[i].sizes() == sizes, "a gradient or moment has the shape ",
                              (*list)[i].sizes(), ", its parameter ", sizes);
        }
    }
}

} // namespace

tt_status tt_fused_adamw(int32_t count, const tt_tensor *parameters, const tt_tensor *gradients,
                         const tt_tensor *averages, const tt_tensor *squares,
                         const tt_tensor *steps, tt_adamw_settings s) noexcept {
    return tt::guard([&] {
        if (count == 0) return;
        const c10::NoGradGuard no_grad;
        const tt::AdamWTensors tensors{tt::list(count, parameters), tt::list(count, gradients),
                                       tt::list(count, averages), tt::list(count, squares),
                                       tt::list(count, steps)};
        check_shapes(tensors);
        if (tensors.fit_kernels()) {
            TT_RECORD("adamw");
            tt::adamw_step(tensors, {s.learning_rate, s.beta1, s.beta2, s.weight_decay, s.epsilon,
                                     s.gradient_factor});
            return;
        }
        if (s.gradient_factor != 1) at::_foreach_mul_(tensors.gradients, s.gradient_factor);
        at::_fused_adamw_(tensors.parameters, tensors.gradients, tensors.averages,
                          tensors.squares, {}, tensors.steps, s.learning_rate, s.beta1, s.beta2,
                          s.weight_decay, s.epsilon, /*amsgrad=*/false, /*maximize=*/false);
    });
}

tt_status tt_count_steps(int32_t count, const tt_tensor *steps) noexcept {
    return tt::guard([&] {
        const c10::NoGradGuard no_grad;
        for (const auto &step : tt::list(count, steps)) {
            if (tt::is_plain(step) && step.numel() == 1) {
                // Without memory for the number, which a tensor operation would ask for.
                *step.mutable_data_ptr<float>() += 1;
                step.unsafeGetTensorImpl()->bump_version();
            } else {
                step.add_(1);
            }
        }
    });
}

tt_status tt_gradient_norm(int32_t count, const tt_tensor *gradients, bool *fits,
                           double *out) noexcept {
    return tt::guard([&] {
        TT_RECORD("gradient_norm");
        const auto all = tt::list(count, gradients);
        *fits = std::all_of(all.begin(), all.end(), tt::is_plain);
        if (*fits) *out = tt::gradient_norm(all);
    });
}

tt_status tt_global_norm(int32_t count, const tt_tensor *tensors, tt_tensor *out) noexcept {
    return tt::produce(out, [&] {
        if (count == 0) return at::zeros({});
        const c10::NoGradGuard no_grad;
        const auto all = tt::list(count, tensors);
        std::vector<at::Tensor> norms;
        if (all[0].is_cuda()) {
            norms = at::_foreach_norm(all);
        } else {
            // The CPU form of the list operation adds in another order.
            for (const auto &tensor : all) norms.push_back(at::linalg_vector_norm(tensor));
        }
        for (auto &norm : norms) norm = norm.to(norms[0].device());
        return at::linalg_vector_norm(at::stack(norms));
    });
}

tt_status tt_scale_all_(int32_t count, const tt_tensor *tensors, tt_tensor factor) noexcept {
    return tt::guard([&] {
        if (count == 0) return;
        const c10::NoGradGuard no_grad;
        const auto all = tt::list(count, tensors);
        const auto &by = tt::in(factor);
        if (all[0].is_cuda()) {
            at::_foreach_mul_(all, by.to(all[0].device()));
        } else {
            for (const auto &tensor : all) tensor.mul_(by);
        }
    });
}

tt_status tt_unscale_(int32_t count, const tt_tensor *tensors, tt_tensor factor,
                      tt_tensor found) noexcept {
    return tt::guard([&] {
        if (count == 0) return;
        const c10::NoGradGuard no_grad;
        at::_amp_foreach_non_finite_check_and_unscale_(tt::list(count, tensors), tt::in(found),
                                                       tt::in(factor));
    });
}
