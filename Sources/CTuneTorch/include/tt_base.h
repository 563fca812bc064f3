#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define TT_BEGIN extern "C" { _Pragma("clang assume_nonnull begin")
#define TT_END _Pragma("clang assume_nonnull end") }
#define TT_NOTHROW noexcept
#else
#define TT_BEGIN _Pragma("clang assume_nonnull begin")
#define TT_END _Pragma("clang assume_nonnull end")
#define TT_NOTHROW
#endif

TT_BEGIN

/// A tensor. Handles given out through a result argument belong to the caller: tt_free.
typedef struct tt_tensor_s *tt_tensor;
/// A random generator; tt_generator_free.
typedef struct tt_generator_s *tt_generator;

/// What a function returns. Except for TT_OK the message is in tt_last_error().
typedef int32_t tt_status;
enum { TT_OK = 0, TT_FAILED = 1, TT_OUT_OF_MEMORY = 2 };

/// Element types, numbered as c10::ScalarType numbers them.
enum {
    TT_UINT8 = 0,
    TT_INT8 = 1,
    TT_INT16 = 2,
    TT_INT32 = 3,
    TT_INT64 = 4,
    TT_FLOAT16 = 5,
    TT_FLOAT32 = 6,
    TT_FLOAT64 = 7,
    TT_BOOL = 11,
    TT_BFLOAT16 = 15
};

/// Kinds of device, numbered as c10::DeviceType numbers them.
enum { TT_CPU = 0, TT_CUDA = 1 };
typedef struct {
    int32_t type;
    int32_t index;
} tt_device;

/// A number operand: integers keep the element type of an integer tensor, reals do not.
typedef struct {
    bool is_integer;
    int64_t integer;
    double real;
} tt_scalar;

/// The message of this thread's last failure; valid until the thread's next failure.
const char *tt_last_error(void) TT_NOTHROW;

TT_END
