#include "guard.h"
#include "tt_recompute.h"
#include "tt_runtime.h"

#include <c10/util/Exception.h>

#include <limits>
#include <new>
#include <stdexcept>
#include <string>

namespace {

thread_local std::string last_error;

/// libtorch's CPU allocator reports exhaustion as an ordinary error with this text.
bool says_out_of_memory(const std::string &message) {
    return message.find("can't allocate memory") != std::string::npos ||
           message.find("out of memory") != std::string::npos;
}

tt_status record(tt_status status, const char *message) noexcept {
    try {
        last_error = message;
        if (status == TT_FAILED && says_out_of_memory(last_error)) status = TT_OUT_OF_MEMORY;
    } catch (...) {
        last_error.clear();
        status = TT_OUT_OF_MEMORY;
    }
    return status;
}

} // namespace

namespace tt {

tt_status record_current_exception() noexcept {
    try {
        throw;
    } catch (const c10::OutOfMemoryError &error) {
        return record(TT_OUT_OF_MEMORY, error.what_without_backtrace());
    } catch (const c10::Error &error) {
        return record(TT_FAILED, error.what_without_backtrace());
    } catch (const std::bad_alloc &) {
        return record(TT_OUT_OF_MEMORY, "out of memory");
    } catch (const std::exception &error) {
        return record(TT_FAILED, error.what());
    } catch (...) {
        return record(TT_FAILED, "unknown C++ exception");
    }
}

at::Tensor &in(tt_tensor t) {
    if (!t->value.defined()) {
        throw std::invalid_argument("an operand is undefined, the result of a failed operation");
    }
    return t->value;
}

at::Device device(tt_device value) {
    const auto type = static_cast<at::DeviceType>(value.type);
    if (type == at::kCPU) return {type};
    if (value.index < 0 || value.index > std::numeric_limits<at::DeviceIndex>::max()) {
        throw std::invalid_argument("there is no device " + std::to_string(value.index));
    }
    tt_load_cuda();
    const std::string problem = tt_cuda_status();
    if (!problem.empty()) throw std::runtime_error("CUDA cannot be used: " + problem);
    return {type, static_cast<at::DeviceIndex>(value.index)};
}

} // namespace tt

const char *tt_last_error() noexcept { return last_error.c_str(); }

tt_status tt_fail(tt_status status, const char *message) noexcept {
    return record(status, message);
}
