#include "tiled.h"
#include "operands.h"
#include "tiles.h"

#include "../kernels/parallel.h"

#include <ATen/ops/empty.h>

#include <algorithm>
#include <numeric>
#include <vector>

namespace tt {
namespace {

using c10::BFloat16;

// Tile sizes: a panel of B, `panel_depth` × `panel_columns`, stays in the second-level cache while all
// rows of A pass by.
constexpr int64_t panel_columns = 128;
/// The most and the fewest columns of a panel where another width gives threads equal shares.
constexpr int64_t widest_panel = 192, narrowest_panel = 96;
template <class T> constexpr int64_t panel_depth = std::is_same_v<T, float> ? 384 : 768;
constexpr int64_t gradient_columns = InputRows::panel;
constexpr int64_t gradient_rows = 16 * register_rows;
constexpr int64_t token_chunk = 1024;
/// The most rows of a tile that its epilogue is to find in the cache.
constexpr int64_t cached_rows = 768;

/// One panel for each thread.
template <class T> class Panels {
  public:
    explicit Panels(int64_t count)
        : memory(at::empty({thread_count(), count}, c10::CppTypeToScalarType<T>::value)) {}

    T *operator[](int64_t worker) { return memory.data_ptr<T>() + worker * memory.size(1); }

  private:
    at::Tensor memory;
};

/// Into how many parts each of `blocks` is cut so that threads get equal shares.
int64_t cuts(int64_t blocks) {
    const int64_t threads = thread_count();
    int64_t parts = 1;
    while (parts < threads && blocks * parts % threads != 0 && blocks * parts < 8 * threads) parts++;
    return parts;
}

/// The columns of a tile: every cut of rows would pack the panels once more, so a width is better that
/// gives all threads as many tiles.
int64_t fitting_width(int64_t columns) {
    const int64_t threads = thread_count();
    const int64_t usual = (columns + panel_columns - 1) / panel_columns;
    if (usual % threads == 0) return panel_columns;
    for (int64_t blocks = usual / threads * threads; blocks <= usual + threads; blocks += threads) {
        if (blocks == 0 || columns % (16 * blocks) != 0) continue;
        const int64_t width = columns / blocks;
        if (width >= narrowest_panel && width <= widest_panel) return width;
    }
    return panel_columns;
}

/// The tiles of a result, worked on in parallel.
struct Tiling {
    int64_t width, column_blocks, row_blocks, height;

    /// A tile has all rows, so that its panel of B serves them all, unless the threads need more
    /// tiles for equal shares, or it would not stay in the cache until its epilogue.
    Tiling(int64_t rows, int64_t columns, bool in_cache) : width(fitting_width(columns)) {
        column_blocks = (columns + width - 1) / width;
        const int64_t parts = std::max(cuts(column_blocks),
                                       in_cache ? (rows + cached_rows - 1) / cached_rows : 1);
        const int64_t multiple = in_cache ? std::lcm(register_rows, row_chunk) : register_rows;
        height = ((rows + parts - 1) / parts + multiple - 1) / multiple * multiple;
        row_blocks = (rows + height - 1) / height;
    }

    int64_t count() const { return column_blocks * row_blocks; }

    Tile tile(int64_t index, int64_t rows, int64_t columns) const {
        const int64_t column = index / row_blocks * width;
        const int64_t row = index % row_blocks * height;
        return {row, std::min(height, rows - row), column, std::min(width, columns - column),
                nullptr, 0};
    }
};

/// Where the tiles of a result are computed: in place, or in memory of each worker.
class Target {
  public:
    Target(const Result &result, const Tiling &tiling)
        : result(result), width(tiling.width),
          scratch(result.values ? 0 : tiling.height * tiling.width) {}

    /// Begins a tile.
    void place(Tile &tile, int64_t worker) {
        tile.stride = result.values ? result.stride : width;
        tile.values = result.values ? result.values + tile.row * tile.stride + tile.column
                                    : scratch[worker];
    }

    void finish(const Tile &tile) const {
        if (result.epilogue.run) result.epilogue.run(result.epilogue.context, tile);
    }

  private:
    const Result &result;
    int64_t width;
    Panels<float> scratch;
};

/// T is the type in which products are computed, W that of the weights.
template <class T, class W = T>
void forward_in_tiles(const LinearShape &s, Rows x, at::ArrayRef<Rows> weights, const Result &y) {
    const Tiling tiling(s.rows, s.outputs, y.epilogue.run != nullptr);
    Panels<T> panels(panel_depth<T> * tiling.width);
    Target target(y, tiling);
    const int64_t layers = static_cast<int64_t>(weights.size());
    parallel_items(layers * tiling.count(), [&](int64_t worker, int64_t item) {
        const MatrixUnitScope<T> scope;
        const int64_t layer = item / tiling.count();
        Tile t = tiling.tile(item % tiling.count(), s.rows, s.outputs);
        const W *w = weights[layer].data<W>() + t.column * s.inputs;
        t.column += layer * s.outputs;
        target.place(t, worker);
        for (int64_t k = 0; k < s.inputs; k += panel_depth<T>) {
            const int64_t depth = std::min(panel_depth<T>, s.inputs - k);
            pack_transposed(w + k, s.inputs, panels[worker], t.columns, depth);
            multiply_rows(t.rows, t.columns, depth, x.data<T>() + t.row * x.stride + k, x.stride,
                          panels[worker], t.columns, t.values, t.stride, y.accumulate || k > 0);
        }
        target.finish(t);
    });
}

template <class T, class W = T>
void input_gradient_in_tiles(const LinearShape &s, Rows dy, at::ArrayRef<Rows> weights,
                             const Result &dx) {
    const Tiling tiling(s.rows, s.inputs, dx.epilogue.run != nullptr);
    Panels<T> panels(panel_depth<T> * tiling.width);
    Target target(dx, tiling);
    parallel_items(tiling.count(), [&](int64_t worker, int64_t item) {
        const MatrixUnitScope<T> scope;
        Tile t = tiling.tile(item, s.rows, s.inputs);
        target.place(t, worker);
        bool add = dx.accumulate;
        const T *a = dy.data<T>() + t.row * dy.stride;
        for (const Rows &weight : weights) {
            const W *w = weight.data<W>() + t.column;
            for (int64_t k = 0; k < s.outputs; k += panel_depth<T>, add = true) {
                const int64_t depth = std::min(panel_depth<T>, s.outputs - k);
                const Packed<T> b =
                    pack(w + k * s.inputs, s.inputs, panels[worker], t.columns, depth);
                multiply_rows(t.rows, t.columns, depth, a + k, dy.stride, b.data, b.stride,
                              t.values, t.stride, add);
            }
            a += s.outputs;
        }
        target.finish(t);
    });
}

/// The weight gradient, in sums of at most `token_chunk` rows, and the sum of its squares.
///
/// A tile has all inputs, so that its panel of dyᵀ serves them all, unless the threads need more
/// tiles for equal shares. D is the type of dy.
template <class T, class D = T>
double weight_gradient_in_tiles(const LinearShape &s, Rows dy, const InputRows &x, float *dw,
                                bool accumulate) {
    Panels<T> panels(gradient_rows * std::min(token_chunk, rounded_depth(s.rows)));
    const int64_t output_blocks = (s.outputs + gradient_rows - 1) / gradient_rows;
    const int64_t input_blocks = (s.inputs + gradient_columns - 1) / gradient_columns;
    const int64_t parts = std::min(cuts(output_blocks), input_blocks);
    // One sum for each block, so that the threads change nothing.
    std::vector<double> squares(output_blocks * input_blocks);
    parallel_items(output_blocks * parts, [&](int64_t worker, int64_t item) {
        const MatrixUnitScope<T> scope;
        T *a = panels[worker];
        const int64_t output = item / parts * gradient_rows, part = item % parts;
        const int64_t outputs = std::min(gradient_rows, s.outputs - output);
        for (int64_t row = 0; row < s.rows; row += token_chunk) {
            const int64_t rows = std::min(token_chunk, s.rows - row), depth = rounded_depth(rows);
            pack_gradient(dy.data<D>() + row * dy.stride + output, dy.stride, rows, outputs, depth,
                          a);
            for (int64_t i = input_blocks * part / parts; i < input_blocks * (part + 1) / parts;
                 i++) {
                const int64_t input = i * gradient_columns;
                const int64_t columns = std::min(gradient_columns, s.inputs - input);
                float *block = dw + output * s.inputs + input;
                x.multiply(row, depth, outputs, columns, a, input, block, accumulate || row > 0);
                if (row + rows < s.rows) continue;
                squares[item / parts * input_blocks + i] =
                    kernels().tile_squares(block, outputs, columns, s.inputs);
            }
        }
    });
    return std::accumulate(squares.begin(), squares.end(), 0.0);
}

} // namespace

bool has_tiles(const LinearShape &s, bool is_bfloat16) noexcept {
    if (s.outputs < 16 || s.inputs < 16) return false;
    if (!is_bfloat16) return has_tiles_float32();
    // Pairs of rows are interleaved.
    return s.outputs % 2 == 0 && s.inputs % 2 == 0 && has_tiles_bfloat16();
}

void tiled_forward(const LinearShape &s, Rows x, at::ArrayRef<Rows> weights, const Result &y) {
    x.is_bfloat16() ? forward_in_tiles<BFloat16>(s, x, weights, y)
                    : forward_in_tiles<float>(s, x, weights, y);
}

void tiled_input_gradient(const LinearShape &s, Rows dy, at::ArrayRef<Rows> weights,
                          const Result &dx) {
    dy.is_bfloat16() ? input_gradient_in_tiles<BFloat16>(s, dy, weights, dx)
                     : input_gradient_in_tiles<float>(s, dy, weights, dx);
}

double tiled_weight_gradient(const LinearShape &s, Rows dy, const InputRows &x, float *dw,
                             bool accumulate) {
    x.prepare_tiles(false);
    return dy.is_bfloat16() ? weight_gradient_in_tiles<BFloat16>(s, dy, x, dw, accumulate)
                            : weight_gradient_in_tiles<float>(s, dy, x, dw, accumulate);
}

void widened_forward(const LinearShape &s, Rows x, at::ArrayRef<Rows> weights, const Result &y) {
    const Operand wide = Operand::widened(x, s.rows, s.inputs);
    forward_in_tiles<float, BFloat16>(s, wide, weights, y);
}

void widened_input_gradient(const LinearShape &s, Rows dy, at::ArrayRef<Rows> weights,
                            const Result &dx) {
    const int64_t width = static_cast<int64_t>(weights.size()) * s.outputs;
    const Operand wide = Operand::widened(dy, s.rows, width);
    input_gradient_in_tiles<float, BFloat16>(s, wide, weights, dx);
}

double widened_weight_gradient(const LinearShape &s, Rows dy, const InputRows &x, float *dw,
                               bool accumulate) {
    x.prepare_tiles(true);
    return weight_gradient_in_tiles<float, BFloat16>(s, dy, x, dw, accumulate);
}

} // namespace tt
