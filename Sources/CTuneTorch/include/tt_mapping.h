#pragma once
#include "tt_base.h"
TT_BEGIN

/// A file mapped into memory, privately: writes never reach the file.
typedef struct tt_mapping_s *tt_mapping;

tt_status tt_mapping_open(const char *path, tt_mapping _Nullable *_Nonnull out) TT_NOTHROW;
void tt_mapping_free(tt_mapping m) TT_NOTHROW;
const void *_Nullable tt_mapping_bytes(tt_mapping m) TT_NOTHROW;
size_t tt_mapping_size(tt_mapping m) TT_NOTHROW;
/// Fails when the file has become shorter since it was mapped.
tt_status tt_mapping_check(tt_mapping m) TT_NOTHROW;
/// A tensor over `bytes` bytes at `offset`, which keeps the mapping alive. Where the bytes are not
/// aligned for the element type the tensor is a copy.
tt_status tt_mapping_tensor(tt_mapping m, size_t offset, size_t bytes, const intptr_t *sizes,
                            int32_t rank, int32_t dtype,
                            tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
/// Gives back the memory of whole pages in a range, which are read anew when they are touched; what
/// was written to them is lost. Best effort.
void tt_mapping_discard(tt_mapping m, size_t offset, size_t bytes) TT_NOTHROW;

TT_END
