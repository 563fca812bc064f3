#include "kernels.h"

#ifdef __x86_64__
#define TT_VECTOR_BYTES 64
#define TT_HAS_FMA 1
#define TT_LEVEL_NAME "avx512"

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,f16c"))), apply_to = function)
namespace tt::avx512 {
#include "level.inc"
}
#pragma clang attribute pop
#endif
