#pragma once
#include "tt_base.h"
TT_BEGIN

/// Seeds the default generators of the CPU and of every GPU.
tt_status tt_manual_seed(uint64_t seed) TT_NOTHROW;
tt_status tt_generator_new(tt_device device, tt_generator _Nullable *_Nonnull out) TT_NOTHROW;
/// The generator that operations draw from when they are given none.
tt_status tt_generator_default(tt_device device, tt_generator _Nullable *_Nonnull out) TT_NOTHROW;
void tt_generator_free(tt_generator g) TT_NOTHROW;
tt_status tt_generator_seed(tt_generator g, uint64_t seed) TT_NOTHROW;
tt_status tt_generator_initial_seed(tt_generator g, uint64_t *out) TT_NOTHROW;
/// The state as a one-dimensional uint8 tensor.
tt_status tt_generator_state(tt_generator g, tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_generator_set_state(tt_generator g, tt_tensor state) TT_NOTHROW;

tt_status tt_randperm(int64_t n, tt_generator _Nullable g,
                      tt_tensor _Nullable *_Nonnull out) TT_NOTHROW;
tt_status tt_normal_(tt_tensor t, double mean, double std, tt_generator _Nullable g) TT_NOTHROW;
tt_status tt_uniform_(tt_tensor t, double from, double to, tt_generator _Nullable g) TT_NOTHROW;
tt_status tt_bernoulli_(tt_tensor t, double p, tt_generator _Nullable g) TT_NOTHROW;
/// The whole range of an integer type.
tt_status tt_random_(tt_tensor t, tt_generator _Nullable g) TT_NOTHROW;

TT_END
