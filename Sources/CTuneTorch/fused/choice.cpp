#include "choice.h"
#include "onednn.h"
#include "processor.h"
#include "tiled.h"

#include "../kernels/parallel.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <memory>
#include <mutex>
#include <stdexcept>

namespace tt {
namespace {

constexpr int64_t first_bucket = 64, last_bucket = 2048;

/// Choices in the order of their packed keys.
struct Table {
    struct Entry {
        uint64_t key;
        Path path;
    };

    std::vector<Entry> entries;

    const Path *find(uint64_t key) const noexcept {
        const auto found = std::lower_bound(
            entries.begin(), entries.end(), key,
            [](const Entry &entry, uint64_t wanted) { return entry.key < wanted; });
        return found == entries.end() || found->key != key ? nullptr : &found->path;
    }
};

std::atomic<const Table *> current = nullptr;
std::atomic<ProductResolver> resolver = nullptr;
std::atomic<bool> resolves_always = false;

/// A key in one word; 0 for products of which nothing is known.
uint64_t packed(const ProductKey &key) noexcept {
    const auto fits = [](int64_t value, int bits) { return value > 0 && value < int64_t(1) << bits; };
    if (key.bucket == 0 || !fits(key.weights, 4) || !fits(key.threads, 11) ||
        !fits(key.inputs, 20) || !fits(key.outputs, 20)) {
        return 0;
    }
    uint64_t word = static_cast<uint64_t>(key.kind);
    word = word << 1 | (key.is_bfloat16 ? 1 : 0);
    word = word << 4 | static_cast<uint64_t>(key.weights);
    word = word << 6 | static_cast<uint64_t>(std::bit_width(static_cast<uint64_t>(key.bucket)));
    word = word << 11 | static_cast<uint64_t>(key.threads);
    word = word << 20 | static_cast<uint64_t>(key.inputs);
    return word << 20 | static_cast<uint64_t>(key.outputs);
}

ProductKey key_of(ProductKind kind, const LinearShape &s, int64_t weights,
                  bool is_bfloat16) noexcept {
    return {kind, weights, is_bfloat16, s.inputs, s.outputs, row_bucket(s.rows), thread_count()};
}

const Path *find(uint64_t key) noexcept {
    const Table *table = current.load(std::memory_order_acquire);
    return table == nullptr || key == 0 ? nullptr : table->find(key);
}

void check(const ProductChoice &choice) {
    const ProductKey &key = choice.key;
    const LinearShape shape{key.bucket, key.inputs, key.outputs};
    if (packed(key) == 0 || row_bucket(key.bucket) != key.bucket) {
        throw std::invalid_argument("a product is not one of which a path is chosen");
    }
    if (!can_compute(choice.path, shape, key.is_bfloat16)) {
        throw std::invalid_argument("this processor cannot compute a product by the chosen path");
    }
}

} // namespace

bool can_compute(Path path, const LinearShape &s, bool is_bfloat16) noexcept {
    switch (path) {
    case Path::tiles: return has_tiles(s, is_bfloat16);
    case Path::libtorch: return true;
    case Path::onednn: return has_onednn(is_bfloat16);
    case Path::widened: return is_bfloat16 && has_tiles(s, false);
    }
    return false;
}

Path usual_path(const LinearShape &s, bool is_bfloat16) noexcept {
    for (const Path path : {Path::tiles, Path::widened}) {
        if (can_compute(path, s, is_bfloat16)) return path;
    }
    return Path::libtorch;
}

bool is_choice_open(bool is_bfloat16) noexcept {
    const bool has_own = usual_path({first_bucket, 64, 64}, is_bfloat16) != Path::libtorch;
    // On AMD's processors MKL keeps to slower code, oneDNN's products run the micro-kernel of the
    // tiles, measured within a few per cent of them, or slower, and bfloat16 is multiplied faster than
    // float32 where there are instructions for it. On an Intel without AMX those were half as fast.
    return has_own ? !is_amd() : has_onednn(is_bfloat16);
}

int64_t row_bucket(int64_t rows) noexcept {
    if (rows < first_bucket) return 0;
    return std::min(static_cast<int64_t>(std::bit_floor(static_cast<uint64_t>(rows))), last_bucket);
}

void set_product_choices(const std::vector<ProductChoice> &choices) {
    auto table = std::make_unique<Table>();
    for (const ProductChoice &choice : choices) {
        check(choice);
        table->entries.push_back({packed(choice.key), choice.path});
    }
    auto &entries = table->entries;
    std::sort(entries.begin(), entries.end(),
              [](const auto &a, const auto &b) { return a.key < b.key; });
    const auto same = [](const auto &a, const auto &b) { return a.key == b.key; };
    if (std::adjacent_find(entries.begin(), entries.end(), same) != entries.end()) {
        throw std::invalid_argument("a product has two choices");
    }
    // Readers take no lock, so a table that was in use stays; there are few, and they are small.
    static std::mutex mutex;
    static std::vector<std::unique_ptr<const Table>> tables;
    const std::lock_guard lock(mutex);
    tables.push_back(std::move(table));
    current.store(tables.back().get(), std::memory_order_release);
}

void set_product_resolver(ProductResolver wanted, bool always) noexcept {
    resolves_always.store(always, std::memory_order_relaxed);
    resolver.store(wanted, std::memory_order_release);
}

Path stored_path(ProductKind kind, const LinearShape &s, int64_t weights,
                 bool is_bfloat16) noexcept {
    const Path *path = find(packed(key_of(kind, s, weights, is_bfloat16)));
    return path == nullptr ? usual_path(s, is_bfloat16) : *path;
}

Path chosen_path(ProductKind kind, const LinearShape &s, int64_t weights,
                 bool is_bfloat16) noexcept {
    const ProductResolver resolve = resolver.load(std::memory_order_acquire);
    if (resolve != nullptr &&
        (resolves_always.load(std::memory_order_relaxed) || is_choice_open(is_bfloat16))) {
        const ProductKey key = key_of(kind, s, weights, is_bfloat16);
        const uint64_t word = packed(key);
        if (word != 0 && find(word) == nullptr) resolve(key);
    }
    return stored_path(kind, s, weights, is_bfloat16);
}

} // namespace tt
