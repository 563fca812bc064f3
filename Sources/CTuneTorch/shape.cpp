#include "tt_shape.h"
#include "guard.h"

#include <ATen/ops/cat.h>
#include <ATen/ops/stack.h>

tt_status tt_reshape(tt_tensor t, const intptr_t *sizes, int32_t rank, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return tt::in(t).reshape(tt::sizes(sizes, rank)); });
}

tt_status tt_view(tt_tensor t, const intptr_t *sizes, int32_t rank, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return tt::in(t).view(tt::sizes(sizes, rank)); });
}

tt_status tt_expand(tt_tensor t, const intptr_t *sizes, int32_t rank, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return tt::in(t).expand(tt::sizes(sizes, rank)); });
}

tt_status tt_permute(tt_tensor t, const intptr_t *dims, int32_t count, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return tt::in(t).permute(tt::sizes(dims, count)); });
}

tt_status tt_transpose(tt_tensor t, int64_t a, int64_t b, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return tt::in(t).transpose(a, b); });
}

tt_status tt_unsqueeze(tt_tensor t, int64_t dim, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return tt::in(t).unsqueeze(dim); });
}

tt_status tt_squeeze(tt_tensor t, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return tt::in(t).squeeze(); });
}

tt_status tt_squeeze_dim(tt_tensor t, int64_t dim, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return tt::in(t).squeeze(dim); });
}

tt_status tt_flatten(tt_tensor t, int64_t from, int64_t to, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return tt::in(t).flatten(from, to); });
}

tt_status tt_select(tt_tensor t, int64_t dim, int64_t index, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return tt::in(t).select(dim, index); });
}

tt_status tt_narrow(tt_tensor t, int64_t dim, int64_t start, int64_t length,
                    tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return tt::in(t).narrow(dim, start, length); });
}

tt_status tt_index_select(tt_tensor t, int64_t dim, tt_tensor indices, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return tt::in(t).index_select(dim, tt::in(indices)); });
}

tt_status tt_gather(tt_tensor t, int64_t dim, tt_tensor index, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return tt::in(t).gather(dim, tt::in(index)); });
}

tt_status tt_masked_fill(tt_tensor t, tt_tensor mask, double value, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return tt::in(t).masked_fill(tt::in(mask), value); });
}

tt_status tt_masked_select(tt_tensor t, tt_tensor mask, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return tt::in(t).masked_select(tt::in(mask)); });
}

tt_status tt_nonzero(tt_tensor t, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return tt::in(t).nonzero(); });
}

tt_status tt_cat(const tt_tensor *tensors, int32_t count, int64_t dim, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return at::cat(tt::list(count, tensors), dim); });
}

tt_status tt_stack(const tt_tensor *tensors, int32_t count, int64_t dim, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return at::stack(tt::list(count, tensors), dim); });
}
