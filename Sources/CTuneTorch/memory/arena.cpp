#include "arena.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include <sys/mman.h>

namespace tt {
namespace {

constexpr std::size_t page = 4096;
constexpr std::size_t huge_page = std::size_t(2) << 20;
constexpr std::size_t least_growth = std::size_t(64) << 20;
constexpr std::size_t largest_range = std::size_t(1) << 42;
constexpr std::size_t least_range = std::size_t(1) << 32;

std::size_t round_up(std::size_t n, std::size_t multiple) {
    return (n + multiple - 1) / multiple * multiple;
}

} // namespace

Arena::Arena() {
    // Where addresses are limited, a smaller range has to do.
    for (std::size_t size = largest_range; size >= least_range; size /= 4) {
        void *range = mmap(nullptr, size + huge_page, PROT_NONE,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (range == MAP_FAILED) continue;
        base = reinterpret_cast<char *>(round_up(reinterpret_cast<std::uintptr_t>(range), huge_page));
        untouched = base;
        capacity = size;
        return;
    }
}

void *Arena::allocate(std::size_t bytes) {
    if (bytes > capacity) return nullptr;
    bytes = round_up(std::max<std::size_t>(bytes, 1), page);
    const std::lock_guard lock(mutex);
    auto fit = free_blocks.lower_bound({bytes, nullptr});
    if (fit == free_blocks.end()) {
        if (!grow(bytes)) return nullptr;
        fit = free_blocks.lower_bound({bytes, nullptr});
    }
    char *address = fit->second;
    take(blocks.find(address), bytes);
    return address;
}

Arena::Range Arena::reserve(std::size_t bytes) {
    const std::lock_guard lock(mutex);
    char *const begin = base + reserved;
    if (bytes > capacity || !grow(bytes)) return {begin, 0};
    return {begin, static_cast<std::size_t>(base + reserved - begin)};
}

void Arena::free(void *address) {
    const std::lock_guard lock(mutex);
    const auto block = blocks.find(static_cast<char *>(address));
    used -= block->second.size;
    release(block);
}

std::size_t Arena::used_before(void *address) {
    const std::lock_guard lock(mutex);
    return blocks.at(static_cast<char *>(address)).used_before;
}

Arena::Usage Arena::usage() {
    const std::lock_guard lock(mutex);
    return {used, reserved};
}

/// Adds room for a block at the end of the range.
bool Arena::grow(std::size_t bytes) {
    const std::size_t size = round_up(std::max(bytes, least_growth), huge_page);
    if (size > capacity - reserved) return false;
    char *end = base + reserved;
    if (mprotect(end, size, PROT_READ | PROT_WRITE) != 0) return false;
#ifdef MADV_HUGEPAGE
    madvise(end, size, MADV_HUGEPAGE);
#endif
    reserved += size;
    release(blocks.emplace(end, Block{size, false}).first);
    return true;
}

/// Makes a block free, as one with its neighbours where they are.
void Arena::release(Blocks::iterator block) {
    const auto next = std::next(block);
    if (next != blocks.end() && next->second.is_free) block = join(block, next);
    if (block != blocks.begin() && std::prev(block)->second.is_free) {
        block = join(std::prev(block), block);
    }
    block->second.is_free = true;
    free_blocks.emplace(block->second.size, block->first);
}

/// Uses the beginning of a free block; the rest stays free.
void Arena::take(Blocks::iterator block, std::size_t bytes) {
    free_blocks.erase({block->second.size, block->first});
    const std::size_t rest = block->second.size - bytes;
    char *const begin = block->first, *const end = begin + bytes;
    const auto used_before = static_cast<std::size_t>(std::clamp(untouched, begin, end) - begin);
    untouched = std::max(untouched, end);
    block->second = {bytes, false, used_before};
    used += bytes;
    if (rest == 0) return;
    blocks.emplace(block->first + bytes, Block{rest, true});
    free_blocks.emplace(rest, block->first + bytes);
}

/// Makes one block of two neighbours, of which free ones leave the list of free blocks.
Arena::Blocks::iterator Arena::join(Blocks::iterator first, Blocks::iterator second) {
    for (const auto block : {first, second}) {
        if (block->second.is_free) free_blocks.erase({block->second.size, block->first});
    }
    first->second.size += second->second.size;
    blocks.erase(second);
    return first;
}

} // namespace tt
