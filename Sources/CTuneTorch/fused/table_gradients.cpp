#include "table_gradients.h"

#include "../kernels/kernels.h"
#include "../kernels/parallel.h"
#include "../memory/zeros.h"
#include "optimizer.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <unordered_map>

namespace tt {
namespace {

using WeakTensor = c10::weak_intrusive_ptr<at::TensorImpl>;

/// Smaller tables are not worth the bookkeeping.
constexpr int64_t least_rows = 1024;

/// A set of row numbers.
class Rows {
  public:
    explicit Rows(int64_t count) : is_in(static_cast<std::size_t>(count)) {}

    void insert(int64_t row) {
        if (is_in[row]) return;
        is_in[row] = true;
        list.push_back(row);
        is_sorted = false;
    }

    void clear() {
        for (const int64_t row : list) is_in[row] = false;
        list.clear();
    }

    const std::vector<int64_t> &sorted() {
        if (!is_sorted) std::sort(list.begin(), list.end());
        is_sorted = true;
        return list;
    }

  private:
    std::vector<bool> is_in;
    std::vector<int64_t> list;
    bool is_sorted = true;
};

/// The gradient of one table; the rows are valid while nothing else writes to it.
struct Entry {
    WeakTensor table;
    at::Tensor gradient;
    int64_t version;
    Rows touched;

    bool describes(const at::Tensor &tensor) const {
        return gradient.is_same(tensor) && version == tensor._version();
    }
};

/// The rows with moments; valid while only the optimizer writes to them.
struct History {
    WeakTensor average, square;
    int64_t average_version, square_version;
    Rows rows;

    bool describes(const at::Tensor &first, const at::Tensor &second) const {
        return square._unsafe_get_target() == second.unsafeGetTensorImpl() &&
               average_version == first._version() &&
               square_version == second._version();
    }
};

std::mutex mutex;

auto &entries() {
    static auto *const table = new std::unordered_map<at::TensorImpl *, Entry>;
    return *table;
}

auto &histories() {
    static auto *const table = new std::unordered_map<at::TensorImpl *, History>;
    return *table;
}

void clear_rows(const at::Tensor &gradient, Rows &rows) {
    const int64_t width = gradient.size(1);
    for (const int64_t row : rows.sorted()) {
        std::memset(gradient.data_ptr<float>() + row * width, 0,
                    static_cast<std::size_t>(width) * sizeof(float));
    }
    rows.clear();
}

Entry *find_entry(const at::Tensor &gradient) {
    for (auto &[key, entry] : entries()) {
        if (entry.describes(gradient)) return &entry;
    }
    return nullptr;
}

/// Moments made by `zeros_for_table` that no step has used.
auto &unused_moments() {
    static auto *const list = new std::vector<WeakTensor>;
    return *list;
}

/// Whether a tensor is still all zeros as it was made; it is no longer after this step.
bool take_unused(const at::Tensor &tensor) {
    return std::erase_if(unused_moments(), [&](const WeakTensor &known) {
               return known._unsafe_get_target() == tensor.unsafeGetTensorImpl();
           }) > 0 &&
           tensor._version() == 0;
}

/// The rows with moments, read from the moments unless they are known to be zero.
Rows scan(const at::Tensor &average, const at::Tensor &square) {
    const int64_t rows = average.size(0), width = average.size(1);
    const bool average_is_zero = take_unused(average), square_is_zero = take_unused(square);
    if (average_is_zero && square_is_zero) return Rows(rows);
    std::vector<uint8_t> moves(static_cast<std::size_t>(rows));
    const auto is_zero = [&](const at::Tensor &t, int64_t row) {
        const float *x = t.const_data_ptr<float>() + row * width;
        return std::all_of(x, x + width, [](float value) { return value == 0; });
    };
    parallel(rows, 256, [&](int64_t begin, int64_t end) {
        for (int64_t row = begin; row < end; row++) {
            moves[row] = !is_zero(average, row) || !is_zero(square, row);
        }
    });
    Rows result(rows);
    for (int64_t row = 0; row < rows; row++) {
        if (moves[row]) result.insert(row);
    }
    return result;
}

} // namespace

std::optional<TableGradient> TableGradient::of(const at::Tensor &table) {
    if (!table.is_leaf() || !is_plain(table) || table.size(0) < least_rows) return std::nullopt;
    const std::lock_guard lock(mutex);
    const at::Tensor &present = table.grad();
    const auto found = entries().find(table.unsafeGetTensorImpl());
    if (found != entries().end() && !found->second.table.expired()) {
        Entry &entry = found->second;
        if (present.defined() && entry.describes(present)) return TableGradient(present);
        // A gradient that somebody still holds keeps its numbers.
        const bool is_free = entry.gradient.use_count() == 1 &&
                             entry.version == entry.gradient._version() &&
                             entry.gradient.sizes() == table.sizes();
        if (!present.defined() && is_free) {
            clear_rows(entry.gradient, entry.touched);
            return TableGradient(entry.gradient);
        }
    }
    std::erase_if(entries(), [](const auto &item) { return item.second.table.expired(); });
    if (present.defined()) {
        entries().erase(table.unsafeGetTensorImpl());
        return std::nullopt;
    }
    const at::Tensor fresh = sparse_zeros(table.sizes(), at::kFloat);
    entries().insert_or_assign(
        table.unsafeGetTensorImpl(),
        Entry{WeakTensor(table.getIntrusivePtr()), fresh, fresh._version(), Rows(table.size(0))});
    return TableGradient(fresh);
}

void TableGradient::finish(const at::Tensor &table, const int64_t *ids, int64_t count) const {
    const std::lock_guard lock(mutex);
    Rows &touched = entries().at(table.unsafeGetTensorImpl()).touched;
    for (int64_t i = 0; i < count; i++) touched.insert(ids[i]);
    table.mutable_grad() = gradient;
}

std::optional<at::Tensor> zeros_for_table(at::IntArrayRef sizes) {
    const std::lock_guard lock(mutex);
    const bool has_table = std::any_of(entries().begin(), entries().end(), [&](const auto &item) {
        return !item.second.table.expired() && item.second.gradient.sizes() == sizes;
    });
    if (!has_table) return std::nullopt;
    std::erase_if(unused_moments(), [](const WeakTensor &known) { return known.expired(); });
    at::Tensor result = sparse_zeros(sizes, at::kFloat);
    unused_moments().emplace_back(result.getIntrusivePtr());
    return result;
}

std::optional<std::vector<int64_t>> touched_rows(const at::Tensor &gradient) {
    const std::lock_guard lock(mutex);
    Entry *entry = find_entry(gradient);
    return entry ? std::optional(entry->touched.sorted()) : std::nullopt;
}

std::optional<std::vector<int64_t>> moving_rows(const at::Tensor &gradient,
                                                const at::Tensor &average,
                                                const at::Tensor &square) {
    const std::lock_guard lock(mutex);
    Entry *entry = find_entry(gradient);
    if (entry == nullptr) {
        // Moments move everywhere now.
        histories().erase(average.unsafeGetTensorImpl());
        return std::nullopt;
    }
    const auto found = histories().find(average.unsafeGetTensorImpl());
    if (found == histories().end() || found->second.average.expired() ||
        !found->second.describes(average, square)) {
        std::erase_if(histories(), [](const auto &item) { return item.second.average.expired(); });
        histories().insert_or_assign(
            average.unsafeGetTensorImpl(),
            History{WeakTensor(average.getIntrusivePtr()),
                    WeakTensor(square.getIntrusivePtr()), average._version(),
                    square._version(), scan(average, square)});
    }
    Rows &rows = histories().at(average.unsafeGetTensorImpl()).rows;
    for (const int64_t row : entry->touched.sorted()) rows.insert(row);
    return rows.sorted();
}

} // namespace tt
