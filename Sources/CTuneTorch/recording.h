#pragma once
// Marks for recordings of where time goes; they cost nothing while nothing is recorded.
#include <ATen/record_function.h>

/// Names the rest of the scope as one operation.
#define TT_RECORD(name) RECORD_FUNCTION(name, c10::ArrayRef<const c10::IValue>{})

namespace tt {

/// The user scope around a backward pass.
inline constexpr const char *backward_phase = "backward";

} // namespace tt
