#include "optimizer.h"
#include "gradient_squares.h"
#include "shadow.h"
#include "table_gradients.h"

#include "../kernels/kernels.h"
#include "../kernels/parallel.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace tt {
namespace {

/// The rows of a matrix that matter, or none for all of a tensor.
using Selection = std::optional<std::vector<int64_t>>;

/// Cuts tensors into pieces of about equal size, so that threads share the work evenly however large
/// single tensors are, and sums do not depend on the number of threads.
class Pieces {
  public:
    Pieces(const std::vector<at::Tensor> &tensors, std::vector<Selection> selections)
        : tensors(tensors), selections(std::move(selections)) {
        for (std::size_t i = 0; i < tensors.size(); i++) {
            const auto &rows = this->selections[i];
            const int64_t units = rows ? static_cast<int64_t>(rows->size()) : tensors[i].numel();
            ends.push_back(count() + (units + units_per_piece(i) - 1) / units_per_piece(i));
        }
    }

    int64_t count() const { return ends.empty() ? 0 : ends.back(); }

    /// Calls `body(tensor, begin, end, piece)` for the elements of all pieces, in parallel; once for
    /// each row of a selection.
    template <class Body> void for_each(Body &&body) const {
        parallel(count(), 4, [&](int64_t first, int64_t last) {
            std::size_t tensor =
                std::upper_bound(ends.begin(), ends.end(), first) - ends.begin();
            for (int64_t piece = first; piece < last; piece++) {
                while (piece >= ends[tensor]) tensor++;
                run(tensor, piece, body);
            }
        });
    }

  private:
    /// A piece has so many elements, or so many rows of a selection.
    int64_t units_per_piece(std::size_t i) const {
        return selections[i] ? std::max<int64_t>(square_chunk / tensors[i].size(1), 1)
                             : square_chunk;
    }

    template <class Body> void run(std::size_t i, int64_t piece, Body &&body) const {
        const int64_t units = units_per_piece(i);
        const int64_t begin = (piece - (i > 0 ? ends[i - 1] : 0)) * units;
        if (!selections[i]) {
            return body(i, begin, std::min(begin + units, tensors[i].numel()), piece);
        }
        const auto &rows = *selections[i];
        const int64_t width = tensors[i].size(1);
        const int64_t end = std::min<int64_t>(begin + units, rows.size());
        for (int64_t r = begin; r < end; r++) {
            body(i, rows[r] * width, (rows[r] + 1) * width, piece);
        }
    }

    const std::vector<at::Tensor> &tensors;
    std::vector<Selection> selections;
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
    std::vector<Selection> selections;
    for (std::size_t i = 0; i < tensors.parameters.size(); i++) {
        const at::Tensor shadow = existing_shadow(tensors.parameters[i]);
        operands.push_back(
            {AdamW(s.learning_rate, s.beta1, s.beta2, s.epsilon, s.weight_decay,
                   tensors.steps[i].item<float>(), static_cast<float>(s.gradient_factor)),
             tensors.parameters[i].data_ptr<float>(),
             tensors.gradients[i].const_data_ptr<float>(), tensors.averages[i].data_ptr<float>(),
             tensors.squares[i].data_ptr<float>(),
             shadow.defined() ? shadow.data_ptr<c10::BFloat16>() : nullptr});
        // Rows without gradient and moments stay as they are, unless they decay.
        const Selection rows =
            moving_rows(tensors.gradients[i], tensors.averages[i], tensors.squares[i]);
        const bool stay = s.weight_decay == 0 && s.epsilon > 0 && !shadow.defined();
        selections.push_back(stay ? rows : std::nullopt);
    }
    const Pieces pieces(tensors.parameters, std::move(selections));
    pieces.for_each([&](std::size_t i, int64_t begin, int64_t end, int64_t) {
        const Operands &o = operands[i];
        auto *shadow = reinterpret_cast<uint16_t *>(o.shadow);
        kernels().adamw(o.constants, o.parameter + begin, o.gradient + begin, o.average + begin,
                        o.square + begin, shadow ? shadow + begin : nullptr, end - begin);
    });
    for (const auto &parameter : tensors.parameters) {
        parameter.unsafeGetTensorImpl()->bump_version();
        shadow_was_written(parameter);
    }
}

double gradient_norm(const std::vector<at::Tensor> &all) {
    double total = 0;
    std::vector<at::Tensor> gradients;
    std::vector<Selection> selections;
    for (const auto &gradient : all) {
        if (const auto squares = remembered_squares(gradient)) {
            total += *squares;
            continue;
        }
        gradients.push_back(gradient);
        selections.push_back(touched_rows(gradient));
    }
    const Pieces pieces(gradients, std::move(selections));
    std::vector<double> squares(pieces.count());
    pieces.for_each([&](std::size_t i, int64_t begin, int64_t end, int64_t piece) {
        squares[piece] +=
            kernels().sum_of_squares(gradients[i].const_data_ptr<float>() + begin, end - begin);
    });
    return std::sqrt(std::accumulate(squares.begin(), squares.end(), total));
}

} // namespace tt
