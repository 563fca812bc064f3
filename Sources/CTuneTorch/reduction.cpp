#include "tt_reduction.h"
#include "guard.h"

#include <ATen/ops/linalg_vector_norm.h>

#include <stdexcept>

namespace {

at::Tensor reduce(tt_reduce_op op, const at::Tensor &t) {
    switch (op) {
    case TT_SUM: return t.sum();
    case TT_MEAN: return t.mean();
    case TT_MAX: return t.max();
    case TT_MIN: return t.min();
    case TT_ALL: return t.all();
    case TT_ANY: return t.any();
    case TT_L2_NORM: return at::linalg_vector_norm(t);
    }
    throw std::invalid_argument("unknown reduction");
}

at::Tensor reduce(tt_reduce_op op, const at::Tensor &t, at::IntArrayRef dims, bool keep) {
    switch (op) {
    case TT_SUM: return t.sum(dims, keep);
    case TT_MEAN: return t.mean(dims, keep);
    case TT_MAX: return t.amax(dims, keep);
    case TT_MIN: return t.amin(dims, keep);
    case TT_ALL: return t.all(at::OptionalIntArrayRef(dims), keep);
    case TT_ANY: return t.any(at::OptionalIntArrayRef(dims), keep);
    case TT_L2_NORM: return at::linalg_vector_norm(t, 2, dims, keep);
    }
    throw std::invalid_argument("unknown reduction");
}

} // namespace

tt_status tt_reduce(tt_reduce_op op, tt_tensor t, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return reduce(op, tt::in(t)); });
}

tt_status tt_reduce_dims(tt_reduce_op op, tt_tensor t, const intptr_t *dims, int32_t count,
                         bool keep_dim, tt_tensor *out) noexcept {
    return tt::produce(out,
                       [&] { return reduce(op, tt::in(t), tt::sizes(dims, count), keep_dim); });
}

tt_status tt_argmax(tt_tensor t, int64_t dim, bool keep_dim, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return tt::in(t).argmax(dim, keep_dim); });
}

tt_status tt_argmin(tt_tensor t, int64_t dim, bool keep_dim, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return tt::in(t).argmin(dim, keep_dim); });
}

tt_status tt_softmax(tt_tensor t, int64_t dim, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return tt::in(t).softmax(dim); });
}

tt_status tt_log_softmax(tt_tensor t, int64_t dim, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return tt::in(t).log_softmax(dim); });
}

tt_status tt_cumsum(tt_tensor t, int64_t dim, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return tt::in(t).cumsum(dim); });
}

tt_status tt_topk(tt_tensor t, int64_t k, int64_t dim, tt_tensor *values,
                  tt_tensor *indices) noexcept {
    return tt::guard([&] {
        auto [top, positions] = tt::in(t).topk(k, dim);
        auto first = std::make_unique<tt_tensor_s>(tt_tensor_s{std::move(top)});
        *indices = new tt_tensor_s{std::move(positions)};
        *values = first.release();
    });
}
