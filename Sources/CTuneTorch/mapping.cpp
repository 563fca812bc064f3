#include "tt_mapping.h"
#include "guard.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <system_error>

namespace {

/// An open file and its bytes; both are given back with the last tensor that refers to them.
class Mapping {
  public:
    explicit Mapping(const char *path) : file(open(path, O_RDONLY | O_CLOEXEC)) {
        if (file < 0) throw std::system_error(errno, std::generic_category());
        try {
            map();
        } catch (...) {
            close(file);
            throw;
        }
    }

    ~Mapping() {
        if (size > 0) munmap(bytes, size);
        close(file);
    }

    Mapping(const Mapping &) = delete;
    Mapping &operator=(const Mapping &) = delete;

    /// Touching pages beyond the end of a file that has become shorter kills the process.
    void expect_unchanged_length() const {
        if (length() < size) throw std::runtime_error("the file has become shorter while in use");
    }

    /// Gives back whole pages only: others have bytes of neighbours, which may have been changed.
    void discard(size_t offset, size_t count) const {
        const auto page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
        const size_t begin = (offset + page - 1) / page * page;
        const size_t end = std::min(offset + count, size) / page * page;
        if (begin < end) madvise(bytes + begin, end - begin, MADV_DONTNEED);
    }

    char *bytes = nullptr;
    size_t size = 0;

  private:
    size_t length() const {
        struct stat facts;
        if (fstat(file, &facts) != 0) throw std::system_error(errno, std::generic_category());
        if (!S_ISREG(facts.st_mode)) throw std::runtime_error("not a regular file");
        return static_cast<size_t>(facts.st_size);
    }

    void map() {
        const size_t wanted = length();
        if (wanted == 0) return;
        void *address = mmap(nullptr, wanted, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
        if (address == MAP_FAILED) throw std::system_error(errno, std::generic_category());
        bytes = static_cast<char *>(address);
        size = wanted;
    }

    int file;
};

at::Tensor tensor(const std::shared_ptr<Mapping> &mapping, size_t offset, size_t bytes,
                  at::IntArrayRef sizes, at::ScalarType dtype) {
    if (offset > mapping->size || bytes > mapping->size - offset) {
        throw std::out_of_range("the tensor reaches beyond the end of the file");
    }
    mapping->expect_unchanged_length();
    char *start = mapping->bytes + offset;
    const bool aligned = reinterpret_cast<uintptr_t>(start) % at::elementSize(dtype) == 0;
    if (aligned && bytes > 0) {
        return at::from_blob(start, sizes, [mapping](void *) {}, at::dtype(dtype));
    }
    auto copy = at::empty(sizes, at::dtype(dtype));
    if (copy.nbytes() != bytes) throw std::invalid_argument("the shape does not fit the bytes");
    if (bytes > 0) std::memcpy(copy.mutable_data_ptr(), start, bytes);
    return copy;
}

} // namespace

struct tt_mapping_s {
    std::shared_ptr<Mapping> value;
};

tt_status tt_mapping_open(const char *path, tt_mapping *out) noexcept {
    return tt::guard([&] { *out = new tt_mapping_s{std::make_shared<Mapping>(path)}; });
}

void tt_mapping_free(tt_mapping m) noexcept { delete m; }

const void *tt_mapping_bytes(tt_mapping m) noexcept { return m->value->bytes; }

size_t tt_mapping_size(tt_mapping m) noexcept { return m->value->size; }

tt_status tt_mapping_check(tt_mapping m) noexcept {
    return tt::guard([&] { m->value->expect_unchanged_length(); });
}

tt_status tt_mapping_tensor(tt_mapping m, size_t offset, size_t bytes, const intptr_t *sizes,
                            int32_t rank, int32_t dtype, tt_tensor *out) noexcept {
    return tt::produce(out, [&] {
        return tensor(m->value, offset, bytes, tt::sizes(sizes, rank), tt::dtype(dtype));
    });
}

void tt_mapping_discard(tt_mapping m, size_t offset, size_t bytes) noexcept {
    m->value->discard(offset, bytes);
}
