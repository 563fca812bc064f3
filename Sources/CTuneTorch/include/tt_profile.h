#pragma once
#include "tt_base.h"
TT_BEGIN

// Where the time of a thread goes: operations of libtorch, nodes of the backward pass and layers
// computed in one piece, each without the operations that it calls itself.

/// A recording; tt_profile_free.
typedef struct tt_profile_s *tt_profile;

typedef struct {
    const char *name;
    int64_t nanoseconds;
} tt_profile_phase;

typedef struct {
    const char *phase, *name;
    int64_t calls, nanoseconds;
} tt_profile_operation;

/// Begins to record this thread, in the phase `phase`. One recording at a time on a thread.
tt_status tt_profile_start(const char *phase, tt_profile _Nullable *_Nonnull out) TT_NOTHROW;
/// What follows belongs to another phase. A backward pass makes its own phase, `backward`.
tt_status tt_profile_enter(tt_profile p, const char *phase) TT_NOTHROW;
/// Ends the recording, on the thread that began it; results can be read afterwards.
tt_status tt_profile_stop(tt_profile p) TT_NOTHROW;
void tt_profile_free(tt_profile p) TT_NOTHROW;

int32_t tt_profile_phase_count(tt_profile p) TT_NOTHROW;
/// The phases in the order of their beginning; texts live as long as the recording.
tt_profile_phase tt_profile_phase_at(tt_profile p, int32_t index) TT_NOTHROW;
int32_t tt_profile_operation_count(tt_profile p) TT_NOTHROW;
tt_profile_operation tt_profile_operation_at(tt_profile p, int32_t index) TT_NOTHROW;

TT_END
