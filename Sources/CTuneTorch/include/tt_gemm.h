#pragma once
#include "tt_base.h"
TT_BEGIN

// The three matrix products of linear layers: who computes them, and how fast.

/// `rows` tokens, so many joined weights [outputs, inputs].
typedef struct {
    int64_t rows, inputs, outputs;
    int32_t weights;
    bool is_bfloat16;
} tt_gemm_shape;

/// y = x wᵀ, dx = dy w, dw = dyᵀ x.
enum { TT_FORWARD = 0, TT_INPUT_GRADIENT = 1, TT_WEIGHT_GRADIENT = 2 };
/// Tiles over oneDNN's micro-kernel; the library that libtorch takes; oneDNN's whole products; tiles
/// over copies of bfloat16 in float32.
enum { TT_TILES = 0, TT_LIBTORCH = 1, TT_ONEDNN = 2, TT_WIDENED = 3, TT_PATHS = 4 };

/// That products of `kind` with `bucket` rows or more, below the next bucket, take `path` when so
/// many threads compute.
typedef struct {
    int32_t kind, weights;
    bool is_bfloat16;
    int64_t inputs, outputs, bucket;
    int32_t threads, path;
} tt_product_choice;

/// The bucket of a number of rows; 0 for few rows, for which nothing is chosen.
int64_t tt_row_bucket(int64_t rows) TT_NOTHROW;
/// Replaces the choices; refuses those that cannot be on this processor.
tt_status tt_set_product_choices(const tt_product_choice *_Nullable choices,
                                 int32_t count) TT_NOTHROW;
/// Has products without a choice reported before they are computed; `path` of the report is the usual
/// one. The report may come from any thread and may set choices. Null ends it. Without `always` only
/// those are reported for which another path may well be faster on this processor.
void tt_on_unknown_product(void (*_Nullable report)(tt_product_choice product),
                           bool always) TT_NOTHROW;
/// Whether another path than the usual one may be faster on this processor.
bool tt_is_product_choice_open(bool is_bfloat16) TT_NOTHROW;
/// The path without a choice, and the one that the layers take now.
int32_t tt_usual_product_path(tt_gemm_shape shape) TT_NOTHROW;
int32_t tt_product_path(tt_gemm_shape shape, int32_t kind) TT_NOTHROW;
/// Whether a path can compute a shape on this processor.
bool tt_has_product_path(tt_gemm_shape shape, int32_t path) TT_NOTHROW;
/// Hands a text to `take` that tells apart where rates of products differ.
tt_status tt_processor_identity(void (*take)(void *context, const char *text),
                                void *context) TT_NOTHROW;

/// Seconds of several runs; infinite for a path that cannot compute the product.
typedef struct {
    double median, shortest;
} tt_product_time;
/// Measures a product by each path as the layers call it, in turn; `times` has room for TT_PATHS.
/// Ends after `budget` seconds, but not before three runs of each path that may be the fastest.
tt_status tt_product_times(tt_gemm_shape shape, int32_t kind, double budget,
                           tt_product_time *times) TT_NOTHROW;
/// The shortest time of one product on dense operands that lie as the library likes them, by oneDNN
/// or else by libtorch, among runs that take `budget` seconds together, at least 5.
tt_status tt_gemm_peak_seconds(tt_gemm_shape shape, int32_t kind, double budget,
                               double *seconds) TT_NOTHROW;

/// Computes a product of float32 matrices by a given path, for comparisons. `left` is x or dy,
/// `right` all weights or, for a weight gradient, x. `bias` may be absent; it is added by the epilogue
/// of a forward product. Rows of `left` and `result` may have gaps.
tt_status tt_compute_product(int32_t path, int32_t kind, bool is_bfloat16, tt_tensor left,
                             int32_t count, const tt_tensor _Nonnull *_Nonnull right,
                             tt_tensor _Nullable bias, tt_tensor result,
                             bool accumulate) TT_NOTHROW;

TT_END
