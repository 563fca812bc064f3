#pragma once
// What every function of the interface shares: the handle types, the guard that turns C++
// exceptions into a status, and access to operands.
#include "tt_base.h"

#if !__has_include(<ATen/core/Tensor.h>)
#error "libtorch is missing: run `python3 Tools/bootstrap.py` once, then build again"
#endif

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <optional>
#include <utility>
#include <vector>

struct tt_tensor_s {
    at::Tensor value;
};

struct tt_generator_s {
    at::Generator value;
};

namespace tt {

/// Stores the message of the exception being handled and names its kind.
tt_status record_current_exception() noexcept;

/// Runs `body`; nothing it throws gets past.
template <class Body> tt_status guard(Body &&body) noexcept {
    try {
        body();
        return TT_OK;
    } catch (...) {
        return record_current_exception();
    }
}

/// Runs `body` and hands the tensor it returns to the caller.
template <class Body> tt_status produce(tt_tensor *out, Body &&body) noexcept {
    return guard([&] { *out = new tt_tensor_s{body()}; });
}

/// The tensor behind an operand; throws for the result of an operation that failed.
at::Tensor &in(tt_tensor t);

/// An operand that may be absent.
inline std::optional<at::Tensor> maybe(tt_tensor t) {
    return t == nullptr ? std::nullopt : std::optional<at::Tensor>(in(t));
}

inline std::vector<at::Tensor> list(int32_t count, const tt_tensor *tensors) {
    std::vector<at::Tensor> result;
    result.reserve(count);
    for (int32_t i = 0; i < count; i++) result.push_back(in(tensors[i]));
    return result;
}

inline at::IntArrayRef sizes(const intptr_t *values, int32_t count) {
    static_assert(sizeof(intptr_t) == sizeof(int64_t));
    return {reinterpret_cast<const int64_t *>(values), static_cast<size_t>(count)};
}

inline at::ScalarType dtype(int32_t value) { return static_cast<at::ScalarType>(value); }

/// The device, with the CUDA half of libtorch loaded when it is asked for.
at::Device device(tt_device value);

inline at::Scalar scalar(tt_scalar value) {
    return value.is_integer ? at::Scalar(value.integer) : at::Scalar(value.real);
}

inline std::optional<at::Generator> generator(tt_generator g) {
    return g == nullptr ? std::nullopt : std::optional<at::Generator>(g->value);
}

} // namespace tt
