#include "tt_runtime.h"
#include "guard.h"

#include "memory/allocator.h"

#include <ATen/Parallel.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <torch/headeronly/version.h>

#include <dlfcn.h>

#include <mutex>
#include <stdexcept>
#include <string>

namespace {

std::string cuda_problem = "it has not been asked for";

/// The directory of the libtorch_cpu library that this program runs with.
std::string library_directory() {
    Dl_info info;
    if (dladdr(reinterpret_cast<const void *>(&at::get_num_threads), &info) == 0) return "";
    const std::string path = info.dli_fname;
    return path.substr(0, path.find_last_of('/') + 1);
}

/// Whether the driver sees a GPU; asked without libtorch, whose CUDA half takes long to load.
bool has_gpu() {
    void *driver = dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL);
    if (driver == nullptr) return false;
    using Init = int (*)(unsigned);
    using Count = int (*)(int *);
    const auto initialize = reinterpret_cast<Init>(dlsym(driver, "cuInit"));
    const auto count_devices = reinterpret_cast<Count>(dlsym(driver, "cuDeviceGetCount"));
    int count = 0;
    return initialize != nullptr && count_devices != nullptr && initialize(0) == 0 &&
           count_devices(&count) == 0 && count > 0;
}

/// Returns the reason why CUDA cannot be used, or an empty text.
std::string load_cuda() {
    if (!has_gpu()) return "the machine has no NVIDIA GPU that the driver reports";
    const std::string library = library_directory() + "libtorch_cuda.so";
    if (dlopen(library.c_str(), RTLD_NOW | RTLD_GLOBAL) == nullptr) return dlerror();
    if (!at::detail::getCUDAHooks().hasCUDA()) return library + " finds no usable GPU";
    return "";
}

} // namespace

void tt_load_cuda() noexcept {
    static std::once_flag once;
    tt::guard([] { std::call_once(once, [] { cuda_problem = load_cuda(); }); });
}

const char *tt_cuda_status() noexcept { return cuda_problem.c_str(); }

int32_t tt_cuda_device_count() noexcept {
    tt_load_cuda();
    int32_t count = 0;
    if (cuda_problem.empty()) tt::guard([&] { count = at::detail::getCUDAHooks().deviceCount(); });
    return count;
}

const char *tt_version() noexcept { return TORCH_VERSION; }

int32_t tt_threads() noexcept { return at::get_num_threads(); }

tt_status tt_set_threads(int32_t count) noexcept {
    return tt::guard([&] {
        if (count < 1) throw std::invalid_argument("the number of threads is at least 1");
        at::set_num_threads(count);
    });
}

tt_status tt_retain_freed_memory() noexcept { return tt::guard([] { tt::use_arena(); }); }

tt_status tt_prepare_memory(size_t bytes) noexcept {
    return tt::guard([&] { tt::prepare_memory(bytes); });
}

tt_memory_usage tt_retained_memory() noexcept {
    const auto usage = tt::arena_usage();
    return {usage.used, usage.reserved};
}
