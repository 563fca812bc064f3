#include "optimizer.h"
#include "shadow.h"

#include "../kernels/kernels.h"
#include "../kernels/parallel.h"

#include <algorithm>
#include <cmath>

namespace tt {
namespace {

/// Cuts tensors into pieces of equal size, so that threads share the work evenly however large
/// single tensors are, and sums do not depend on the number of threads.
class Pieces {
  public:
    static constexpr int64_t size = square_chunk;

    explicit Pieces(const std::vector<at::Tensor> &tensors) {
        for (const auto &tensor : tensors) {
            ends.push_back(count() + (tensor.numel() + size - 1) / size);
        }
    }

    int64_t count() const { return ends.empty() ? 0 : ends.back(); }

    /// Calls `body(tensor, begin, end, piece)` for pieces, in parallel.
    template <class Body> void for_each(const std::vector<at::Tensor> &tensors, Body &&body) const {
        parallel(count(), 4, [&](int64_t first, int64_t last) {
            std::size_t tensor =
                std::upper_bound(ends.begin(), ends.end(), first) - ends.begin();
            for (int64_t piece = first; piece < last; piece++) {
                while (piece >= ends[tensor]) tensor++;
                const int64_t begin = (piece - (tensor > 0 ? ends[tensor - 1] : 0)) * size;
                body(tensor, begin, std::min(begin + size, tensors[tensor].numel()), piece);
            }
        });
    }

  private:
    /// For each tensor the number of pieces up to its end.
    std::vector<int64_t> ends;
};

/// Where one parameter's step reads and writes.
struct Operands {
    AdamW constants;
    float *parameter;
    const float *gradient;
    float *average, *square;
    c10::BFloat16 *shadow;
};

} // namespace

bool is_plain(const at::Tensor &tensor) {
    return tensor.is_cpu() && tensor.scalar_type() == at::kFloat && tensor.is_contiguous();
}

bool AdamWTensors::fit_kernels() const {
    for (const auto *list : {&parameters, &gradients, &averages, &squares}) {
        if (!std::all_of(list->begin(), list->end(), is_plain)) return false;
    }
    return true;
}

void adamw_step(const AdamWTensors &tensors, const AdamWSettings &s) {
    std::vector<Operands> operands;
    for (std::size_t i = 0; i < tensors.parameters.size(); i++) {
        const at::Tensor shadow = existing_shadow(tensors.parameters[i]);
        operands.push_back(
            {AdamW(s.learning_rate, s.beta1, s.beta2, s.epsilon, s.weight_decay,
                   tensors.steps[i].item<float>(), static_cast<float>(s.gradient_factor)),
             tensors.parameters[i].data_ptr<float>(),
             tensors.gradients[i].const_data_ptr<float>(), tensors.averages[i].data_ptr<float>(),
             tensors.squares[i].data_ptr<float>(),
             shadow.defined() ? shadow.data_ptr<c10::BFloat16>() : nullptr});
    }
    Pieces(tensors.parameters)
        .for_each(tensors.parameters,
                  [&](std::size_t i, int64_t begin, int64_t end, int64_t) {
                      const Operands &o = operands[i];
                      auto *shadow = reinterpret_cast<uint16_t *>(o.shadow);
                      kernels().adamw(o.constants, o.parameter + begin, o.gradient + begin,
                                      o.average + begin, o.square + begin,
                                      shadow ? shadow + begin : nullptr, end - begin);
                  });
    for (const auto &parameter : tensors.parameters) {
        parameter.unsafeGetTensorImpl()->bump_version();
        shadow_was_written(parameter);
    }
}

double gradient_norm(const std::vector<at::Tensor> &gradients) {
    const Pieces pieces(gradients);
    std::vector<double> squares(pieces.count());
    pieces.for_each(gradients, [&](std::size_t i, int64_t begin, int64_t end, int64_t piece) {
        squares[piece] =
            kernels().sum_of_squares(gradients[i].const_data_ptr<float>() + begin, end - begin);
    });
    double total = 0;
    for (const double square : squares) total += square;
    return std::sqrt(total);
}

} // namespace tt
