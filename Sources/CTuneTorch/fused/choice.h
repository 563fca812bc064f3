#pragma once
// Who computes a product: looked up in a table of choices, which were made by measurement. A product
// that is not in the table takes its usual path, unless somebody wants to be asked first.
#include <cstdint>
#include <vector>

namespace tt {

struct LinearShape {
    /// `outputs` are those of one layer.
    int64_t rows, inputs, outputs;
};

enum class ProductKind : int32_t { forward, input_gradient, weight_gradient };

enum class Path : int32_t {
    /// Tiles of ours over oneDNN's micro-kernel.
    tiles,
    /// The library that libtorch takes for products.
    libtorch,
    /// oneDNN's whole products.
    onednn,
    /// Tiles over copies of bfloat16 in float32.
    widened
};

/// Whether a path can compute products of this shape on this processor.
bool can_compute(Path path, const LinearShape &shape, bool is_bfloat16) noexcept;

/// The path where nothing was measured: tiles, where there are any, then widened ones.
Path usual_path(const LinearShape &shape, bool is_bfloat16) noexcept;

/// Whether another path than the usual one may well be the faster one on this processor.
bool is_choice_open(bool is_bfloat16) noexcept;

/// What a choice holds for.
struct ProductKey {
    ProductKind kind;
    /// The weights of a joined product.
    int64_t weights;
    bool is_bfloat16;
    /// Of one weight.
    int64_t inputs, outputs;
    /// The fewest rows of the bucket; numbers of rows vary from step to step.
    int64_t bucket;
    int64_t threads;
};

/// The bucket of a number of rows; 0 for few rows, for which nothing is chosen.
int64_t row_bucket(int64_t rows) noexcept;

struct ProductChoice {
    ProductKey key;
    Path path;
};

/// Replaces the table. Throws for choices that cannot be.
void set_product_choices(const std::vector<ProductChoice> &choices);

/// Is called with a product that is not in the table, before its path is taken, and may replace the
/// table; null for nobody. Any thread that computes may call. `always` is false where only open
/// choices are to be asked for.
using ProductResolver = void (*)(const ProductKey &key);
void set_product_resolver(ProductResolver resolver, bool always) noexcept;

/// The path of a product now. Takes no lock and no memory.
Path chosen_path(ProductKind kind, const LinearShape &shape, int64_t weights,
                 bool is_bfloat16) noexcept;

/// The same without asking anybody.
Path stored_path(ProductKind kind, const LinearShape &shape, int64_t weights,
                 bool is_bfloat16) noexcept;

} // namespace tt
