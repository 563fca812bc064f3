// Activation checkpointing (Chen et al., Training Deep Nets with Sublinear Memory Cost, 2016).
#include "tt_recompute.h"
#include "guard.h"
#include "recording.h"

#include <ATen/Context.h>
#include <ATen/autocast_mode.h>
#include <ATen/core/ivalue.h>
#include <ATen/ops/zeros.h>
#include <c10/core/GradMode.h>
#include <c10/util/Exception.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/custom_class.h>

#include <memory>
#include <mutex>
#include <stdexcept>

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

/// Mixed precision on a thread for one type of device.
struct Precision {
    at::DeviceType device;
    bool is_enabled;
    at::ScalarType dtype;
    bool is_cached;

    explicit Precision(at::DeviceType device)
        : device(device), is_enabled(at::autocast::is_autocast_enabled(device)),
          dtype(at::autocast::get_autocast_dtype(device)),
          is_cached(at::autocast::is_autocast_cache_enabled()) {}

    void apply() const {
        at::autocast::set_autocast_enabled(device, is_enabled);
        at::autocast::set_autocast_dtype(device, dtype);
        at::autocast::set_autocast_cache_enabled(is_cached);
    }
};

/// Computes as `wanted` says until the end of a scope. Casts of weights are not remembered: one
/// that was made while nothing is recorded has no gradient.
class PrecisionScope {
  public:
    explicit PrecisionScope(Precision wanted) : before(wanted.device) {
        wanted.is_cached = false;
        wanted.apply();
    }
    ~PrecisionScope() { before.apply(); }
    PrecisionScope(const PrecisionScope &) = delete;

  private:
    const Precision before;
};

at::Tensor random_state(at::Generator generator) {
    const std::lock_guard lock(generator.mutex());
    return generator.get_state();
}

void set_random_state(at::Generator generator, const at::Tensor &state) {
    const std::lock_guard lock(generator.mutex());
    generator.set_state(state);
}

/// Draws from a generator at an earlier state until the end of a scope.
class RandomScope {
  public:
    RandomScope(const at::Generator &generator, const at::Tensor &state)
        : generator(generator), before(random_state(generator)) {
        set_random_state(generator, state);
    }
    ~RandomScope() { set_random_state(generator, before); }
    RandomScope(const RandomScope &) = delete;

  private:
    const at::Generator generator;
    const at::Tensor before;
};

using Context = std::unique_ptr<void, void (*)(void *)>;

/// A function with the circumstances of its first run.
class Segment : public torch::CustomClassHolder {
  public:
    Segment(Context context, decltype(tt_function::run) run, at::Device device)
        : context(std::move(context)), function(run),
          generator(at::globalContext().defaultGenerator(device)), state(random_state(generator)),
          precision(device.type()) {}

    at::Tensor run(const at::Tensor &x) const {
        const PrecisionScope scope(precision);
        tt_tensor_s result;
        const tt_status status = function(context.get(), new tt_tensor_s{x}, &result);
        if (status == TT_OUT_OF_MEMORY) C10_THROW_ERROR(OutOfMemoryError, tt_last_error());
        if (status != TT_OK) throw std::runtime_error(tt_last_error());
        if (!result.value.defined()) throw std::logic_error("a recomputed function gave no tensor");
        return result.value;
    }

    at::Tensor run_again(const at::Tensor &x) const {
        const RandomScope scope(generator, state);
        return run(x);
    }

  private:
    const Context context;
    const decltype(tt_function::run) function;
    const at::Generator generator;
    const at::Tensor state;
    const Precision precision;
};

struct RecomputedFunction : torch::autograd::Function<RecomputedFunction> {
    /// `trigger` asks for a gradient where only parameters within the segment do.
    static Variable forward(AutogradContext *context, const Variable &x, const Variable &trigger,
                            const c10::intrusive_ptr<torch::CustomClassHolder> &segment) {
        context->save_for_backward({x});
        context->saved_data["segment"] = c10::IValue::make_capsule(segment);
        return static_cast<const Segment &>(*segment).run(x);
    }

    static variable_list backward(AutogradContext *context, const variable_list &gradients) {
        variable_list result(3);
        if (!gradients[0].defined()) return result;
        TORCH_CHECK(!c10::GradMode::is_enabled(),
                    "gradients of gradients do not pass through a recomputed segment");
        const Variable saved = context->get_saved_variables()[0];
        const auto capsule = context->saved_data["segment"].toCapsule();
        Variable x = saved.detach();
        x.requires_grad_(saved.requires_grad());
        Variable y;
        {
            TT_RECORD("recomputation");
            const c10::AutoGradMode recording(true);
            y = static_cast<const Segment &>(*capsule).run_again(x);
        }
        if (!y.requires_grad()) return result;
        torch::autograd::backward({y}, {gradients[0]});
        result[0] = x.grad();
        return result;
    }
};

} // namespace

tt_status tt_recomputed(tt_tensor x, tt_function function, tt_tensor *out) noexcept {
    Context context(function.context, function.release);
    return tt::produce(out, [&] {
        const at::Tensor &input = tt::in(x);
        at::Tensor trigger = at::zeros({}, input.options());
        trigger.requires_grad_(true);
        return RecomputedFunction::apply(
            input, trigger,
            c10::make_intrusive<Segment>(std::move(context), function.run, input.device()));
    });
}

tt_status tt_assign(tt_tensor target, tt_tensor source) noexcept {
    return tt::guard([&] { target->value = tt::in(source); });
}
