#include "library.h"

#include <ATen/ops/from_blob.h>
#include <ATen/ops/mm.h>

#include <c10/core/GradMode.h>

namespace tt {
namespace {

at::Tensor view(const void *data, int64_t rows, int64_t columns, int64_t stride,
                at::ScalarType type) {
    return at::from_blob(const_cast<void *>(data), {rows, columns}, {stride, 1},
                         at::TensorOptions().dtype(type));
}

} // namespace

at::Tensor matrix(const float *data, int64_t rows, int64_t columns, int64_t stride) {
    return view(data, rows, columns, stride, at::kFloat);
}

at::Tensor matrix(const c10::BFloat16 *data, int64_t rows, int64_t columns, int64_t stride) {
    return view(data, rows, columns, stride, at::kBFloat16);
}

void multiply(const at::Tensor &a, const at::Tensor &b, const at::Tensor &c, bool accumulate) {
    const c10::NoGradGuard no_grad;
    if (a.scalar_type() == at::kFloat) {
        c.addmm_(a, b, accumulate ? 1 : 0, 1);
    } else if (accumulate) {
        c.add_(at::mm(a, b));
    } else {
        c.copy_(at::mm(a, b));
    }
}

} // namespace tt
