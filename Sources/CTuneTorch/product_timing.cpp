#include "tt_gemm.h"
#include "guard.h"

#include "fused/gemm.h"

#include <ATen/ops/full.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>
#include <stdexcept>
#include <vector>

namespace {

using namespace tt;
using Clock = std::chrono::steady_clock;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::size_t least_runs = 3, most_runs = 15;
/// A path whose first run takes so many times as long as another's is not run again, if that is more
/// seconds than compiling a product takes.
constexpr double hopeless = 10, longest_compilation = 0.1;

/// Operands of one product as layers have them. They are no random numbers, whose generator belongs
/// to the training.
class Scratch {
  public:
    Scratch(const tt_gemm_shape &s, ProductKind kind)
        : kind(kind), shape{s.rows, s.inputs, s.outputs}, is_bfloat16(s.is_bfloat16),
          width(s.weights * s.outputs), x(full(s.rows, s.inputs)), dy(full(s.rows, width)),
          bias(at::full({s.outputs}, 0.01, at::kFloat)) {
        for (int32_t i = 0; i < s.weights; i++) {
            weights.push_back(full(s.outputs, s.inputs));
            formats.emplace_back(operand(weights.back()));
        }
        rows.assign(formats.begin(), formats.end());
        formats.emplace_back(operand(kind == ProductKind::forward ? x : dy));
        result = kind == ProductKind::forward           ? full(s.rows, width)
                 : kind == ProductKind::input_gradient ? full(s.rows, s.inputs)
                                                       : full(s.outputs, s.inputs);
    }

    /// The product with what a layer adds to it: a bias, or the sum with earlier gradients. The left
    /// operand has its format already, which costs the same on all paths.
    void run(Path path) const {
        float *values = result.data_ptr<float>();
        const Rows left = formats.back();
        switch (kind) {
        case ProductKind::forward:
            return linear_forward_by(path, shape, left, rows,
                                     {values, width, false, {add_bias, this}});
        case ProductKind::input_gradient:
            return linear_input_gradient_by(path, shape, left, rows, {values, shape.inputs});
        case ProductKind::weight_gradient:
            const InputRows right(x.const_data_ptr<float>(), shape.rows, shape.inputs, is_bfloat16);
            linear_weight_gradient_by(path, shape, left, right, values, true);
        }
    }

  private:
    static at::Tensor full(int64_t rows, int64_t columns) {
        return at::full({rows, columns}, 0.01, at::kFloat);
    }

    Operand operand(const at::Tensor &matrix) const {
        return Operand(matrix.const_data_ptr<float>(), matrix.size(0), matrix.size(1),
                       matrix.size(1), is_bfloat16);
    }

    static void add_bias(const void *context, const Tile &t) {
        const auto &self = *static_cast<const Scratch *>(context);
        for (int64_t done = 0; done < t.columns;) {
            const int64_t first = (t.column + done) % self.shape.outputs;
            const int64_t count = std::min(t.columns - done, self.shape.outputs - first);
            kernels().add_bias(t.values + done, self.bias.const_data_ptr<float>() + first, t.rows,
                               count, t.stride);
            done += count;
        }
    }

    const ProductKind kind;
    const LinearShape shape;
    const bool is_bfloat16;
    const int64_t width;
    const at::Tensor x, dy, bias;
    std::vector<at::Tensor> weights;
    std::vector<Operand> formats;
    std::vector<Rows> rows;
    at::Tensor result;
};

struct Candidate {
    Path path;
    std::vector<double> times = {};
    bool is_slow = false;

    double shortest() const { return *std::min_element(times.begin(), times.end()); }

    double median() {
        const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
        std::nth_element(times.begin(), middle, times.end());
        return *middle;
    }
};

/// Spares further runs of what takes twice as long as another.
void leave_slow_ones(std::vector<Candidate> &candidates) {
    double best = infinity;
    for (const Candidate &candidate : candidates) best = std::min(best, candidate.shortest());
    for (Candidate &candidate : candidates) candidate.is_slow |= candidate.shortest() > 2 * best;
}

double seconds_of_run(Path path, const Scratch &scratch) {
    const auto start = Clock::now();
    scratch.run(path);
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Runs each candidate once: the first run of a shape compiles it.
void warm_up(std::vector<Candidate> &candidates, const Scratch &scratch) {
    std::vector<double> times;
    for (const Candidate &candidate : candidates) {
        times.push_back(seconds_of_run(candidate.path, scratch));
    }
    const double best = *std::min_element(times.begin(), times.end());
    for (std::size_t i = 0; i < candidates.size(); i++) {
        if (times[i] <= std::max(hopeless * best, longest_compilation)) continue;
        candidates[i].times.push_back(times[i]);
        candidates[i].is_slow = true;
    }
}

/// Times the candidates in turn, so that what else the machine does falls on all.
void measure(std::vector<Candidate> &candidates, const Scratch &scratch, double budget) {
    warm_up(candidates, scratch);
    const auto begin = Clock::now();
    for (std::size_t round = 0; round < most_runs; round++) {
        if (round == 2) leave_slow_ones(candidates);
        if (round >= least_runs && Clock::now() - begin > std::chrono::duration<double>(budget)) break;
        for (Candidate &candidate : candidates) {
            if (candidate.is_slow) continue;
            candidate.times.push_back(seconds_of_run(candidate.path, scratch));
        }
    }
}

static_assert(static_cast<int32_t>(Path::widened) + 1 == TT_PATHS);

LinearShape linear_shape(const tt_gemm_shape &s) { return {s.rows, s.inputs, s.outputs}; }

ProductKind product_kind(int32_t kind) {
    if (kind < TT_FORWARD || kind > TT_WEIGHT_GRADIENT) {
        throw std::invalid_argument("there is no such product");
    }
    return static_cast<ProductKind>(kind);
}

} // namespace

tt_status tt_product_times(tt_gemm_shape shape, int32_t kind, double budget,
                           tt_product_time *times) noexcept {
    return guard([&] {
        if (std::min({shape.rows, shape.inputs, shape.outputs}) < 1 || shape.weights < 1) {
            throw std::invalid_argument("rows, inputs, outputs and weights are at least 1");
        }
        const c10::NoGradGuard no_grad;
        std::fill_n(times, TT_PATHS, tt_product_time{infinity, infinity});
        std::vector<Candidate> candidates;
        for (int32_t index = 0; index < TT_PATHS; index++) {
            const auto path = static_cast<Path>(index);
            if (can_compute(path, linear_shape(shape), shape.is_bfloat16)) {
                candidates.push_back({path});
            }
        }
        measure(candidates, Scratch(shape, product_kind(kind)), budget);
        for (Candidate &candidate : candidates) {
            times[static_cast<int32_t>(candidate.path)] = {candidate.median(), candidate.shortest()};
        }
    });
}

int32_t tt_usual_product_path(tt_gemm_shape shape) noexcept {
    return static_cast<int32_t>(usual_path(linear_shape(shape), shape.is_bfloat16));
}

int32_t tt_product_path(tt_gemm_shape shape, int32_t kind) noexcept {
    return static_cast<int32_t>(stored_path(static_cast<ProductKind>(kind), linear_shape(shape),
                                            shape.weights, shape.is_bfloat16));
}

bool tt_has_product_path(tt_gemm_shape shape, int32_t path) noexcept {
    return can_compute(static_cast<Path>(path), linear_shape(shape), shape.is_bfloat16);
}
