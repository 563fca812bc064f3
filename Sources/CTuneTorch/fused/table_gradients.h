#pragma once
// Gradients of embedding tables, of which a step touches few rows.
//
// A dense gradient of a table costs a pass over all its memory to clear it, one for its norm, and
// one more in the optimizer. Here the same dense tensor is kept from step to step together with the
// rows that are not zero: only those are cleared, summed and followed by moments, and only those have
// memory. Numbers are those of the dense computation.
#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace tt {

/// Where the gradient rows of one backward pass are added.
class TableGradient {
  public:
    /// Finds the gradient of a table that is a leaf, or makes it; none when the table's gradient is
    /// another tensor, or the table is small.
    static std::optional<TableGradient> of(const at::Tensor &table);

    float *data() const { return gradient.data_ptr<float>(); }

    /// Says which rows were added to and makes the tensor the gradient of the table.
    void finish(const at::Tensor &table, const int64_t *ids, int64_t count) const;

  private:
    explicit TableGradient(at::Tensor gradient) : gradient(std::move(gradient)) {}
    at::Tensor gradient;
};

/// Zeros of the shape and type of a float32 table whose gradient is kept here, for its moments: memory
/// only for rows that move. None when there is no such table.
std::optional<at::Tensor> zeros_for_table(at::IntArrayRef sizes);

/// The rows of a gradient that may differ from zero, ascending; none when that is not known.
std::optional<std::vector<int64_t>> touched_rows(const at::Tensor &gradient);

/// The rows of a table that a step of AdamW without weight decay can change: those with a gradient
/// now, or with moments. None when they are not known.
///
/// @param average,square The moments, of the table's shape; rows that are zero in both stay so
/// without a gradient, and their parameters do not move.
std::optional<std::vector<int64_t>> moving_rows(const at::Tensor &gradient,
                                                const at::Tensor &average,
                                                const at::Tensor &square);

} // namespace tt
