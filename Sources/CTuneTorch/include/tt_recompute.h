#pragma once
#include "tt_base.h"
TT_BEGIN

/// A function of a tensor outside this interface, with what it holds on to.
typedef struct {
    /// Takes over `x` and assigns what the function computes to `result` (tt_assign), or gives the
    /// status of tt_fail. May be called on another thread.
    tt_status (*run)(void *context, tt_tensor x, tt_tensor result);
    /// Called once, when the function is not needed any more.
    void (*release)(void *context);
    void *context;
} tt_function;

/// What `function` gives for `x`; only `x` is kept for the backward pass, which computes the rest
/// again with the same random numbers and under the same autocast. Takes over the function, also on
/// failure.
tt_status tt_recomputed(tt_tensor x, tt_function function,
                        tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
/// Makes `target` the tensor that `source` is.
tt_status tt_assign(tt_tensor target, tt_tensor source) TT_NOTHROW;
/// Sets this thread's last error and gives `status`.
tt_status tt_fail(tt_status status, const char *message) TT_NOTHROW;

TT_END
