#include "arena.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include <sys/mman.h>

namespace tt {
namespace {

constexpr std::size_t page = 4096;
constexpr std::size_t huge_page = std::size_t(2) << 20;
constexpr std::size_t least_segment = std::size_t(64) << 20;

std::size_t round_up(std::size_t n, std::size_t multiple) {
    return (n + multiple - 1) / multiple * multiple;
}

/// Memory from the system that begins at a huge page; null without memory.
char *map_segment(std::size_t bytes) {
    void *mapped = mmap(nullptr, bytes + huge_page, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) return nullptr;
    const auto address = reinterpret_cast<std::uintptr_t>(mapped);
    char *segment = reinterpret_cast<char *>(round_up(address, huge_page));
#ifdef MADV_HUGEPAGE
    madvise(segment, bytes, MADV_HUGEPAGE);
#endif
    return segment;
}

} // namespace

void *Arena::allocate(std::size_t bytes) {
    if (bytes > SIZE_MAX / 2) return nullptr;
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

bool Arena::free(void *address) {
    const std::lock_guard lock(mutex);
    auto block = blocks.find(static_cast<char *>(address));
    if (block == blocks.end() || block->second.is_free) return false;
    used -= block->second.size;
    const auto next = std::next(block);
    if (next != blocks.end() && next->second.is_free && !next->second.begins_segment) {
        block = join(block, next);
    }
    if (!block->second.begins_segment && std::prev(block)->second.is_free) {
        block = join(std::prev(block), block);
    }
    mark_free(block);
    return true;
}

Arena::Usage Arena::usage() {
    const std::lock_guard lock(mutex);
    return {used, reserved};
}

/// Adds a segment with room for a block.
bool Arena::grow(std::size_t bytes) {
    const std::size_t size = round_up(std::max(bytes, least_segment), huge_page);
    char *segment = map_segment(size);
    if (segment == nullptr) return false;
    reserved += size;
    mark_free(blocks.insert_or_assign(segment, Block{size, true, true}).first);
    return true;
}

void Arena::mark_free(Blocks::iterator block) {
    block->second.is_free = true;
    free_blocks.emplace(block->second.size, block->first);
}

/// Uses the beginning of a free block; the rest stays free.
void Arena::take(Blocks::iterator block, std::size_t bytes) {
    free_blocks.erase({block->second.size, block->first});
    const std::size_t rest = block->second.size - bytes;
    block->second.is_free = false;
    block->second.size = bytes;
    used += bytes;
    if (rest > 0) mark_free(blocks.emplace(block->first + bytes, Block{rest, true, false}).first);
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
