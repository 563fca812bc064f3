#pragma once

// XXH3 with 128 bits: a digest that finds damage at the speed of memory. It is no protection
// against somebody who wants two contents to have the same one.
//
// A state is memory of the caller: `tune_hash_state_size()` bytes at an address that is a multiple
// of `TUNE_HASH_STATE_ALIGNMENT`. It needs no cleaning up. One thread at a time may use it.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { TUNE_HASH_STATE_ALIGNMENT = 64, TUNE_HASH_DIGEST_SIZE = 16 };

/// The size of a state in bytes.
size_t tune_hash_state_size(void);

/// Makes a state that of no bytes.
void tune_hash_begin(void *_Nonnull state);

/// Appends bytes.
void tune_hash_update(void *_Nonnull state, const void *_Nullable bytes, size_t count);

/// Writes the digest of the bytes so far, `TUNE_HASH_DIGEST_SIZE` bytes in the order in which
/// `xxhsum -H2` prints them; more bytes may follow.
void tune_hash_digest(const void *_Nonnull state, uint8_t *_Nonnull digest);

#ifdef __cplusplus
}
#endif
