#pragma once
#include "tt_base.h"
TT_BEGIN

typedef enum {
    TT_NEG,
    TT_ABS,
    TT_SQRT,
    TT_RSQRT,
    TT_EXP,
    TT_LOG,
    TT_TANH,
    TT_SIGMOID,
    TT_ERF,
    TT_RELU,
    TT_SILU,
    TT_MISH,
    TT_SIN,
    TT_COS,
    TT_SIGN,
    TT_FLOOR,
    TT_ROUND,
    TT_RECIPROCAL,
    TT_LOGICAL_NOT,
    TT_IS_FINITE,
    TT_IS_NAN
} tt_unary_op;

typedef enum {
    TT_ADD,
    TT_SUB,
    TT_MUL,
    TT_DIV,
    TT_POW,
    TT_EQ,
    TT_NE,
    TT_LT,
    TT_LE,
    TT_GT,
    TT_GE,
    TT_MAXIMUM,
    TT_MINIMUM,
    TT_LOGICAL_AND,
    TT_LOGICAL_OR
} tt_binary_op;

tt_status tt_unary(tt_unary_op op, tt_tensor t, tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_binary(tt_binary_op op, tt_tensor a, tt_tensor b, tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
/// `a op b`; for the arithmetic operators and comparisons up to TT_GE.
tt_status tt_binary_scalar(tt_binary_op op, tt_tensor a, tt_scalar b,
                           tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
/// `a op b` with the number on the left; TT_SUB and TT_DIV (the others commute).
tt_status tt_scalar_binary(tt_binary_op op, tt_scalar a, tt_tensor b,
                           tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
/// a + alpha * b
tt_status tt_add_scaled(tt_tensor a, tt_tensor b, double alpha,
                        tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_clamp(tt_tensor t, const double *_Nullable lowest, const double *_Nullable highest,
                   tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_where(tt_tensor mask, tt_tensor chosen, tt_tensor other,
                   tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_gelu(tt_tensor t, bool tanh_form, tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_matmul(tt_tensor a, tt_tensor b, tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;

TT_END
