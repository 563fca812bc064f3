#include "kernels.h"

#ifdef __x86_64__
#define TT_VECTOR_BYTES 32
#define TT_HAS_FMA 1
#define TT_LEVEL_NAME "avx2"

#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)
namespace tt::avx2 {
#include "level.inc"
}
#pragma clang attribute pop
#endif
