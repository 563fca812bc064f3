// For every processor of the architecture: SSE2 on x86-64, NEON on Arm.
#include "kernels.h"

#define TT_VECTOR_BYTES 16
#ifdef __aarch64__
#define TT_HAS_FMA 1
#else
#define TT_HAS_FMA 0
#endif
#define TT_LEVEL_NAME "baseline"

namespace tt::baseline {
#include "level.inc"
}
