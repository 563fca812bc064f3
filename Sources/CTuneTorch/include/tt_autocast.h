#pragma once
#include "tt_base.h"
TT_BEGIN

/// What to restore when an autocast region ends.
typedef struct {
    int32_t device_type;
    bool enabled;
    int32_t dtype;
    bool cache_enabled;
} tt_autocast_state;

/// Begins an autocast region on this thread and gives the state before it.
tt_status tt_autocast_enter(int32_t device_type, bool enabled, int32_t dtype,
                            tt_autocast_state *previous) TT_NOTHROW;
/// Ends the region; the outermost one forgets the cached casts of weights.
tt_status tt_autocast_exit(tt_autocast_state previous) TT_NOTHROW;

TT_END
