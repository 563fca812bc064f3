#pragma once
#include "tt_base.h"
TT_BEGIN

/// Allows products of float32 on NVIDIA GPUs to round to TF32, or forbids it.
tt_status tt_allow_tf32(bool allow) TT_NOTHROW;
/// Takes deterministic kernels only; operations that have none fail.
tt_status tt_use_deterministic_algorithms(bool on) TT_NOTHROW;
/// Whether only deterministic kernels are taken.
bool tt_deterministic_algorithms(void) TT_NOTHROW;
/// Gives memory that a GPU's allocator holds without use back to the GPU; nothing on the CPU.
tt_status tt_empty_cache(tt_device device) TT_NOTHROW;

TT_END
