#pragma once
#include "tt_base.h"
TT_BEGIN

tt_status tt_fill_(tt_tensor t, double value) TT_NOTHROW;
tt_status tt_copy_(tt_tensor t, tt_tensor source) TT_NOTHROW;
/// t += alpha * other
tt_status tt_add_(tt_tensor t, tt_tensor other, double alpha) TT_NOTHROW;
tt_status tt_mul_(tt_tensor t, tt_tensor other) TT_NOTHROW;
tt_status tt_div_(tt_tensor t, tt_tensor other) TT_NOTHROW;
tt_status tt_add_scalar_(tt_tensor t, tt_scalar value) TT_NOTHROW;
tt_status tt_mul_scalar_(tt_tensor t, tt_scalar value) TT_NOTHROW;
tt_status tt_sqrt_(tt_tensor t) TT_NOTHROW;
/// t += weight * (end - t)
tt_status tt_lerp_(tt_tensor t, tt_tensor end, double weight) TT_NOTHROW;
/// t += value * a * b
tt_status tt_addcmul_(tt_tensor t, tt_tensor a, tt_tensor b, double value) TT_NOTHROW;
/// t += value * a / b
tt_status tt_addcdiv_(tt_tensor t, tt_tensor a, tt_tensor b, double value) TT_NOTHROW;

TT_END
