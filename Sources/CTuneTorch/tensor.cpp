#include "tt_tensor.h"
#include "guard.h"

#include "fused/table_gradients.h"
#include "memory/zeros.h"

#include <ATen/ops/arange.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/full.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/zeros.h>

#include <cstring>
#include <stdexcept>
#include <string>

namespace {

at::TensorOptions options(int32_t dtype, tt_device device) {
    return at::TensorOptions().dtype(tt::dtype(dtype)).device(tt::device(device));
}

tt_tensor undefined() {
    static tt_tensor_s value;
    return &value;
}

/// Python refuses negative sizes with a clear message; libtorch's own differs between functions.
at::IntArrayRef checked_sizes(const intptr_t *values, int32_t rank) {
    const auto sizes = tt::sizes(values, rank);
    for (const auto size : sizes) {
        if (size < 0) {
            throw std::invalid_argument("the shape has the negative size " + std::to_string(size));
        }
    }
    return sizes;
}

at::Tensor zeros(at::IntArrayRef sizes, const at::TensorOptions &options) {
    if (!options.device().is_cpu()) return at::zeros(sizes, options);
    const auto type = c10::typeMetaToScalarType(options.dtype());
    if (type == at::kFloat) {
        if (const auto moments = tt::zeros_for_table(sizes)) return *moments;
    }
    return tt::zeros(sizes, type);
}

/// The elements of `t` in row-major order on the CPU, of type `dtype`.
at::Tensor on_host(const at::Tensor &t, at::ScalarType dtype) {
    return t.detach().to(at::kCPU, dtype).contiguous();
}

void expect_bytes(const at::Tensor &t, size_t bytes) {
    if (t.nbytes() != bytes) {
        throw std::invalid_argument("the shape needs " + std::to_string(t.nbytes()) +
                                    " bytes of elements where " + std::to_string(bytes) +
                                    " are given");
    }
}

} // namespace

tt_tensor tt_undefined() noexcept { return undefined(); }

void tt_free(tt_tensor t) noexcept {
    if (t != undefined()) delete t;
}

tt_status tt_new(int32_t fill, const intptr_t *sizes, int32_t rank, int32_t dtype,
                 tt_device device, tt_tensor *out) noexcept {
    return tt::produce(out, [&] {
        const auto shape = checked_sizes(sizes, rank);
        switch (fill) {
        case TT_FILL_ZEROS: return zeros(shape, options(dtype, device));
        case TT_FILL_ONES: return at::ones(shape, options(dtype, device));
        default: return at::empty(shape, options(dtype, device));
        }
    });
}

tt_status tt_full(const intptr_t *sizes, int32_t rank, double value, int32_t dtype,
                  tt_device device, tt_tensor *out) noexcept {
    return tt::produce(out, [&] {
        return at::full(checked_sizes(sizes, rank), value, options(dtype, device));
    });
}

tt_status tt_arange(int64_t end, tt_device device, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return at::arange(end, options(TT_INT64, device)); });
}

tt_status tt_from_host(const void *data, size_t bytes, const intptr_t *sizes, int32_t rank,
                       int32_t dtype, tt_device device, tt_tensor *out) noexcept {
    return tt::produce(out, [&] {
        auto host = at::empty(checked_sizes(sizes, rank), options(dtype, tt_device{TT_CPU, 0}));
        expect_bytes(host, bytes);
        if (bytes > 0) std::memcpy(host.mutable_data_ptr(), data, bytes);
        return host.to(tt::device(device));
    });
}

bool tt_is_defined(tt_tensor t) noexcept { return t->value.defined(); }

bool tt_is_contiguous(tt_tensor t) noexcept {
    return t->value.defined() && t->value.is_contiguous();
}

bool tt_is_same(tt_tensor a, tt_tensor b) noexcept { return a->value.is_same(b->value); }

int32_t tt_rank(tt_tensor t) noexcept {
    return t->value.defined() ? static_cast<int32_t>(t->value.dim()) : 0;
}

void tt_sizes(tt_tensor t, intptr_t *out) noexcept {
    if (!t->value.defined()) return;
    for (const auto size : t->value.sizes()) *out++ = static_cast<intptr_t>(size);
}

int64_t tt_numel(tt_tensor t) noexcept { return t->value.defined() ? t->value.numel() : 0; }

int32_t tt_dtype(tt_tensor t) noexcept {
    return t->value.defined() ? static_cast<int32_t>(t->value.scalar_type()) : TT_FLOAT32;
}

tt_device tt_device_of(tt_tensor t) noexcept {
    if (!t->value.defined()) return {TT_CPU, 0};
    const auto device = t->value.device();
    return {static_cast<int32_t>(device.type()), device.has_index() ? device.index() : 0};
}

tt_status tt_item_double(tt_tensor t, double *out) noexcept {
    return tt::guard([&] { *out = tt::in(t).item().toDouble(); });
}

tt_status tt_item_int(tt_tensor t, int64_t *out) noexcept {
    return tt::guard([&] { *out = tt::in(t).item().toLong(); });
}

tt_status tt_read(tt_tensor t, int32_t dtype, void *out, size_t bytes) noexcept {
    return tt::guard([&] {
        const auto host = on_host(tt::in(t), tt::dtype(dtype));
        expect_bytes(host, bytes);
        if (bytes > 0) std::memcpy(out, host.const_data_ptr(), bytes);
    });
}

tt_status tt_bytes(tt_tensor t, void **data, size_t *bytes) noexcept {
    return tt::guard([&] {
        const auto &tensor = tt::in(t);
        if (!tensor.device().is_cpu() || !tensor.is_contiguous()) {
            throw std::invalid_argument("memory is accessible for contiguous CPU tensors only");
        }
        *data = tensor.mutable_data_ptr();
        *bytes = tensor.nbytes();
    });
}

void tt_mark_changed(tt_tensor t) noexcept {
    if (t->value.defined()) t->value.unsafeGetTensorImpl()->bump_version();
}

tt_status tt_to_dtype(tt_tensor t, int32_t dtype, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return tt::in(t).to(tt::dtype(dtype)); });
}

tt_status tt_to_device(tt_tensor t, tt_device device, bool non_blocking, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return tt::in(t).to(tt::device(device), non_blocking); });
}

tt_status tt_contiguous(tt_tensor t, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return tt::in(t).contiguous(); });
}

tt_status tt_clone(tt_tensor t, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return tt::in(t).clone(); });
}

tt_status tt_detach(tt_tensor t, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return tt::in(t).detach(); });
}
