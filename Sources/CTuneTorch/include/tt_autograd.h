#pragma once
#include "tt_base.h"
TT_BEGIN

bool tt_requires_grad(tt_tensor t) TT_NOTHROW;
tt_status tt_set_requires_grad(tt_tensor t, bool value) TT_NOTHROW;
bool tt_is_leaf(tt_tensor t) TT_NOTHROW;
/// The accumulated gradient; leaves `out` null when there is none.
tt_status tt_grad(tt_tensor t, tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
/// Replaces the gradient; null removes it.
tt_status tt_set_grad(tt_tensor t, tt_tensor _Nullable grad) TT_NOTHROW;
tt_status tt_backward(tt_tensor t, tt_tensor _Nullable gradient, bool retain_graph) TT_NOTHROW;
/// Makes `t` refer to the memory of `source`, keeping its identity for autograd.
tt_status tt_set_data(tt_tensor t, tt_tensor source) TT_NOTHROW;
bool tt_grad_enabled(void) TT_NOTHROW;
void tt_set_grad_enabled(bool value) TT_NOTHROW;

TT_END
