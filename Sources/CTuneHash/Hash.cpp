// The only place that sees xxHash: with this its header defines all functions here, static.
#define XXH_INLINE_ALL
#include <arrow/vendored/xxhash/xxhash.h>

#include "tune_hash.h"

#include <cstring>

static_assert(alignof(XXH3_state_t) <= TUNE_HASH_STATE_ALIGNMENT);
static_assert(sizeof(XXH128_canonical_t) == TUNE_HASH_DIGEST_SIZE);

size_t tune_hash_state_size(void) { return sizeof(XXH3_state_t); }

void tune_hash_begin(void *state) {
    auto *own = static_cast<XXH3_state_t *>(state);
    XXH3_INITSTATE(own);
    XXH3_128bits_reset(own);
}

void tune_hash_update(void *state, const void *bytes, size_t count) {
    if (count > 0) XXH3_128bits_update(static_cast<XXH3_state_t *>(state), bytes, count);
}

void tune_hash_digest(const void *state, uint8_t *digest) {
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(
        &canonical, XXH3_128bits_digest(static_cast<const XXH3_state_t *>(state)));
    std::memcpy(digest, canonical.digest, TUNE_HASH_DIGEST_SIZE);
}
