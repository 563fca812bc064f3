#pragma once
// The C interface to libtorch. One header per topic; every function returns a status (see
// tt_base.h) and leaves its result in the last argument.
#include "tt_arithmetic.h"
#include "tt_autocast.h"
#include "tt_autograd.h"
#include "tt_base.h"
#include "tt_fused.h"
#include "tt_gemm.h"
#include "tt_inplace.h"
#include "tt_mapping.h"
#include "tt_nn.h"
#include "tt_optim.h"
#include "tt_profile.h"
#include "tt_random.h"
#include "tt_reduction.h"
#include "tt_runtime.h"
#include "tt_shape.h"
#include "tt_tensor.h"
