#include "tt_arithmetic.h"
#include "guard.h"

#include <ATen/ops/gelu.h>
#include <ATen/ops/isfinite.h>
#include <ATen/ops/mish.h>
#include <ATen/ops/rsub.h>
#include <ATen/ops/silu.h>

#include <stdexcept>

namespace {

at::Tensor unary(tt_unary_op op, const at::Tensor &t) {
    switch (op) {
    case TT_NEG: return t.neg();
    case TT_ABS: return t.abs();
    case TT_SQRT: return t.sqrt();
    case TT_RSQRT: return t.rsqrt();
    case TT_EXP: return t.exp();
    case TT_LOG: return t.log();
    case TT_TANH: return t.tanh();
    case TT_SIGMOID: return t.sigmoid();
    case TT_ERF: return t.erf();
    case TT_RELU: return t.relu();
    case TT_SILU: return at::silu(t);
    case TT_MISH: return at::mish(t);
    case TT_SIN: return t.sin();
    case TT_COS: return t.cos();
    case TT_SIGN: return t.sign();
    case TT_FLOOR: return t.floor();
    case TT_ROUND: return t.round();
    case TT_RECIPROCAL: return t.reciprocal();
    case TT_LOGICAL_NOT: return t.logical_not();
    case TT_IS_FINITE: return at::isfinite(t);
    case TT_IS_NAN: return t.isnan();
    }
    throw std::invalid_argument("unknown operation");
}

/// The operators that take a tensor or a number on the right.
template <class Operand>
at::Tensor common(tt_binary_op op, const at::Tensor &a, const Operand &b) {
    switch (op) {
    case TT_ADD: return a.add(b);
    case TT_SUB: return a.sub(b);
    case TT_MUL: return a.mul(b);
    case TT_DIV: return a.div(b);
    case TT_POW: return a.pow(b);
    case TT_EQ: return a.eq(b);
    case TT_NE: return a.ne(b);
    case TT_LT: return a.lt(b);
    case TT_LE: return a.le(b);
    case TT_GT: return a.gt(b);
    case TT_GE: return a.ge(b);
    default: throw std::invalid_argument("unknown operation");
    }
}

at::Tensor binary(tt_binary_op op, const at::Tensor &a, const at::Tensor &b) {
    switch (op) {
    case TT_MAXIMUM: return a.maximum(b);
    case TT_MINIMUM: return a.minimum(b);
    case TT_LOGICAL_AND: return a.logical_and(b);
    case TT_LOGICAL_OR: return a.logical_or(b);
    default: return common(op, a, b);
    }
}

std::optional<at::Scalar> optional_scalar(const double *value) {
    return value == nullptr ? std::nullopt : std::optional<at::Scalar>(*value);
}

} // namespace

tt_status tt_unary(tt_unary_op op, tt_tensor t, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return unary(op, tt::in(t)); });
}

tt_status tt_binary(tt_binary_op op, tt_tensor a, tt_tensor b, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return binary(op, tt::in(a), tt::in(b)); });
}

tt_status tt_binary_scalar(tt_binary_op op, tt_tensor a, tt_scalar b, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return common(op, tt::in(a), tt::scalar(b)); });
}

tt_status tt_scalar_binary(tt_binary_op op, tt_scalar a, tt_tensor b, tt_tensor *out) noexcept {
    return tt::produce(out, [&] {
        switch (op) {
        case TT_SUB: return at::rsub(tt::in(b), tt::scalar(a));
        case TT_DIV: return tt::in(b).reciprocal().mul(tt::scalar(a));
        default: throw std::invalid_argument("unknown operation");
        }
    });
}

tt_status tt_add_scaled(tt_tensor a, tt_tensor b, double alpha, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return tt::in(a).add(tt::in(b), alpha); });
}

tt_status tt_clamp(tt_tensor t, const double *lowest, const double *highest,
                   tt_tensor *out) noexcept {
    return tt::produce(out, [&] {
        return tt::in(t).clamp(optional_scalar(lowest), optional_scalar(highest));
    });
}

tt_status tt_where(tt_tensor mask, tt_tensor chosen, tt_tensor other, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return tt::in(chosen).where(tt::in(mask), tt::in(other)); });
}

tt_status tt_gelu(tt_tensor t, bool tanh_form, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return at::gelu(tt::in(t), tanh_form ? "tanh" : "none"); });
}

tt_status tt_matmul(tt_tensor a, tt_tensor b, tt_tensor *out) noexcept {
    return tt::produce(out, [&] { return tt::in(a).matmul(tt::in(b)); });
}
