#pragma once
#include "tt_base.h"
TT_BEGIN

/// Counts from now on how often memory for tensors on the CPU is asked for, and refuses it the time
/// with the number `failing`, from 0; -1 refuses none. For tests: before the first call nothing is
/// counted, which costs nothing. What gives out memory then goes on doing so.
tt_status tt_count_allocations(int64_t failing) TT_NOTHROW;
/// How often it was asked for since.
int64_t tt_counted_allocations(void) TT_NOTHROW;

TT_END
