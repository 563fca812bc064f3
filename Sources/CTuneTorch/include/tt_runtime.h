#pragma once
#include "tt_base.h"
TT_BEGIN

/// The version of libtorch the program was built against.
const char *tt_version(void) TT_NOTHROW;
int32_t tt_threads(void) TT_NOTHROW;
tt_status tt_set_threads(int32_t count) TT_NOTHROW;

/// Loads the CUDA half of libtorch when it lies beside libtorch_cpu and the machine has a GPU.
/// Everything after the first call is free.
void tt_load_cuda(void) TT_NOTHROW;
/// Why CUDA was not loaded; empty when it was.
const char *tt_cuda_status(void) TT_NOTHROW;
int32_t tt_cuda_device_count(void) TT_NOTHROW;

/// Makes memory of large tensors on the CPU be reused instead of given back to the system.
tt_status tt_retain_freed_memory(void) TT_NOTHROW;
/// The same, and gets so many bytes of it ready on other threads.
tt_status tt_prepare_memory(size_t bytes) TT_NOTHROW;
/// Bytes of that memory that tensors use now, and bytes held.
typedef struct {
    size_t used, reserved;
} tt_memory_usage;
tt_memory_usage tt_retained_memory(void) TT_NOTHROW;

TT_END
