#include "support.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/zeros.h>
#include <c10/core/GradMode.h>
#include <c10/util/Exception.h>

#include <cstring>
#include <mutex>

namespace tt {

void check_operand(const at::Tensor &tensor, const char *name) {
    TORCH_CHECK_VALUE(tensor.is_cpu() && tensor.scalar_type() == at::kFloat, name,
                      " is not float32 on the CPU");
}

void check_sizes(const at::Tensor &tensor, at::IntArrayRef sizes, const char *name) {
    TORCH_CHECK_VALUE(tensor.sizes() == sizes, name, " has the shape ", tensor.sizes(),
                      " where ", sizes, " is needed");
}

Dropout draw_dropout(double probability) {
    TORCH_CHECK_VALUE(probability >= 0 && probability < 1, "a dropout probability is in 0..<1");
    if (probability == 0) return {};
    at::Generator generator = at::detail::getDefaultCPUGenerator();
    const std::lock_guard lock(generator.mutex());
    return {static_cast<float>(probability),
            at::check_generator<at::CPUGeneratorImpl>(generator)->random64()};
}

void save(const Dropout &dropout, AutogradContext *context) {
    context->saved_data["probability"] = static_cast<double>(dropout.probability);
    context->saved_data["key"] = static_cast<int64_t>(dropout.key);
}

Dropout saved_dropout(AutogradContext *context) {
    return {static_cast<float>(context->saved_data["probability"].toDouble()),
            static_cast<uint64_t>(context->saved_data["key"].toInt())};
}

ParameterGradient::ParameterGradient(const at::Tensor &parameter) {
    const at::Tensor &present = parameter.is_leaf() ? parameter.grad() : at::Tensor();
    is_in_place = present.defined() && present.is_contiguous() && present.is_cpu() &&
                  present.scalar_type() == at::kFloat && present.sizes() == parameter.sizes() &&
                  !present.requires_grad() && !c10::GradMode::is_enabled();
    memory = is_in_place ? present : at::empty_like(parameter, at::MemoryFormat::Contiguous);
    if (is_in_place) memory.unsafeGetTensorImpl()->bump_version();
}

void ParameterGradient::clear_if_new() const {
    if (is_in_place) return;
    parallel(memory.numel(), 1 << 16, [&](int64_t begin, int64_t end) {
        std::memset(data() + begin, 0, static_cast<std::size_t>(end - begin) * sizeof(float));
    });
}

RowSums::RowSums(int64_t rows, int64_t width)
    : sums(at::zeros({(rows + row_chunk - 1) / row_chunk, width}, at::kFloat)) {}

at::Tensor RowSums::finish(const at::Tensor &parameter) const {
    const ParameterGradient gradient(parameter);
    gradient.clear_if_new();
    kernels().column_sums(sums.const_data_ptr<float>(), sums.size(0), sums.size(1), sums.size(1),
                          gradient.data());
    return gradient.result();
}

at::Tensor bias_gradient(const at::Tensor &bias, const float *dy, int64_t rows, int64_t stride) {
    const int64_t width = bias.numel();
    const RowSums sums(rows, width);
    for_row_chunks(rows, [&](int64_t chunk, int64_t begin, int64_t end) {
        kernels().column_sums(dy + begin * stride, end - begin, width, stride, sums.chunk(chunk));
    });
    return sums.finish(bias);
}

std::vector<int64_t> with_width(at::IntArrayRef sizes, int64_t width) {
    std::vector<int64_t> result = sizes.vec();
    result.back() = width;
    return result;
}

} // namespace tt
