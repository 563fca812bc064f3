#include "tt_autograd.h"
#include "guard.h"
#include "recording.h"
#include "tt_runtime.h"

#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/variable.h>

#include <stdexcept>

bool tt_requires_grad(tt_tensor t) noexcept {
    return t->value.defined() && t->value.requires_grad();
}

tt_status tt_set_requires_grad(tt_tensor t, bool value) noexcept {
    return tt::guard([&] { tt::in(t).requires_grad_(value); });
}

bool tt_is_leaf(tt_tensor t) noexcept { return t->value.defined() && t->value.is_leaf(); }

tt_status tt_grad(tt_tensor t, tt_tensor *out) noexcept {
    return tt::guard([&] {
        const auto &grad = tt::in(t).grad();
        if (grad.defined()) *out = new tt_tensor_s{grad};
    });
}

tt_status tt_set_grad(tt_tensor t, tt_tensor grad) noexcept {
    return tt::guard([&] {
        auto &tensor = tt::in(t);
        if (grad == nullptr) {
            tensor.mutable_grad().reset();
            return;
        }
        const auto &value = tt::in(grad);
        if (value.sizes() != tensor.sizes() || value.device() != tensor.device()) {
            throw std::invalid_argument("a gradient has the shape and device of its tensor");
        }
        tensor.mutable_grad() = value;
    });
}

tt_status tt_backward(tt_tensor t, tt_tensor gradient, bool retain_graph) noexcept {
    return tt::guard([&] {
        // The engine starts its threads, one per device, at the first backward pass.
        tt_load_cuda();
        RECORD_USER_SCOPE(tt::backward_phase);
        tt::in(t).backward(gradient == nullptr ? at::Tensor() : tt::in(gradient), retain_graph);
    });
}

tt_status tt_set_data(tt_tensor t, tt_tensor source) noexcept {
    return tt::guard([&] {
        tt::in(t).set_data(tt::in(source));
        // Both count changes of their memory together, so that neither misses those of the other.
        namespace impl = torch::autograd::impl;
        impl::set_version_counter(tt::in(t), impl::version_counter(tt::in(source)));
    });
}

bool tt_grad_enabled() noexcept { return c10::GradMode::is_enabled(); }

void tt_set_grad_enabled(bool value) noexcept { c10::GradMode::set_enabled(value); }
