#include "zeros.h"
#include "allocator.h"

#include "../kernels/parallel.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <c10/util/accumulate.h>

#include <cstring>

#include <sys/mman.h>

namespace tt {

at::Tensor zeros(at::IntArrayRef sizes, at::ScalarType type) {
    at::Tensor result = at::empty(sizes, at::dtype(type));
    if (result.numel() == 0) return result;
    auto *bytes = static_cast<char *>(result.mutable_data_ptr());
    const auto count = static_cast<int64_t>(used_before(bytes, result.nbytes()));
    parallel(count, int64_t(1) << 18, [&](int64_t begin, int64_t end) {
        std::memset(bytes + begin, 0, static_cast<std::size_t>(end - begin));
    });
    return result;
}

at::Tensor sparse_zeros(at::IntArrayRef sizes, at::ScalarType type) {
    const std::size_t bytes = c10::multiply_integers(sizes) * c10::elementSize(type);
    void *memory = bytes == 0 ? MAP_FAILED
                              : mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return zeros(sizes, type);
#ifdef MADV_NOHUGEPAGE
    madvise(memory, bytes, MADV_NOHUGEPAGE);
#endif
    return at::from_blob(
        memory, sizes, [bytes](void *begin) { munmap(begin, bytes); }, at::dtype(type));
}

} // namespace tt
