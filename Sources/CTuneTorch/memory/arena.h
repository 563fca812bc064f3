#pragma once
// Memory for large tensors that is reused instead of given back.
//
// A training step frees and asks for the same few hundred large blocks. From the system they would
// be fresh each time, and on virtual machines the page faults of fresh memory cost more than the
// arithmetic on it. Blocks are cut from one growing range of huge pages and joined again when freed,
// so that steps with other numbers of tokens find room in the same memory.
#include <cstddef>
#include <map>
#include <mutex>
#include <set>

namespace tt {

class Arena {
  public:
    Arena();

    /// A block of at least `bytes`; null when the system has no memory.
    void *allocate(std::size_t bytes);

    /// How many bytes at the beginning of a block may be other than zero: memory that no block had
    /// before is as the system gives it. Asked before the block is written to.
    std::size_t used_before(void *block);

    /// Adds room for at least `bytes` and gives its memory, which no block has had.
    struct Range {
        char *begin;
        std::size_t size;
    };
    Range reserve(std::size_t bytes);

    /// Takes a block back.
    void free(void *block);

    /// Whether the system gave the arena addresses.
    bool has_range() const { return capacity > 0; }

    /// Whether an address is one of the arena's.
    bool contains(const void *address) const {
        return address >= base && address < base + capacity;
    }

    /// Bytes asked for and not freed, and bytes taken from the system.
    struct Usage {
        std::size_t used, reserved;
    };
    Usage usage();

  private:
    struct Block {
        std::size_t size;
        bool is_free;
        std::size_t used_before = 0;
    };
    using Blocks = std::map<char *, Block>;

    bool grow(std::size_t bytes);
    void release(Blocks::iterator block);
    void take(Blocks::iterator block, std::size_t bytes);
    Blocks::iterator join(Blocks::iterator first, Blocks::iterator second);

    /// A range of addresses without memory behind it, of which the first `reserved` bytes are in use.
    char *base = nullptr;
    std::size_t capacity = 0;
    /// Where memory begins that no block has had yet.
    char *untouched = nullptr;

    std::mutex mutex;
    Blocks blocks;
    std::set<std::pair<std::size_t, char *>> free_blocks;
    std::size_t used = 0, reserved = 0;
};

} // namespace tt
