#include "Support.hpp"

#include <arrow/util/float16.h>

#include <algorithm>
#include <limits>

namespace {

/// Calls `body(position, chunk, row in the chunk, first row of the chunk)` for each wanted row.
template <class Array, class Body>
void for_each_row(const ta_column &column, ta_rows rows, Body &&body) {
    const auto &starts = column.starts;
    const int64_t length = starts.back();
    size_t chunk = 0;
    int64_t low = 0;
    int64_t high = 0;
    const Array *array = nullptr;
    for (ptrdiff_t i = 0; i < rows.count; ++i) {
        const int64_t row = rows.indices != nullptr ? rows.indices[i] : rows.start + i;
        if (row < low || row >= high) {
            if (row < 0 || row >= length) {
                throw std::out_of_range("row " + std::to_string(row) + " is out of range");
            }
            const auto next = std::upper_bound(starts.begin(), starts.end(), row);
            chunk = static_cast<size_t>(next - starts.begin()) - 1;
            low = starts[chunk];
            high = starts[chunk + 1];
            array = static_cast<const Array *>(column.data->chunk(static_cast<int>(chunk)).get());
        }
        body(i, *array, row - low);
    }
}

/// Reads values with `get(array, row)`, and whether each is there.
template <class Array, class Out, class Get>
void read(const ta_column &column, ta_rows rows, Out *out, uint8_t *valid, Get &&get) {
    const bool may_be_null = valid != nullptr && column.data->null_count() > 0;
    if (valid != nullptr) std::fill_n(valid, rows.count, uint8_t{1});
    for_each_row<Array>(column, rows, [&](ptrdiff_t i, const Array &array, int64_t row) {
        if (may_be_null && array.IsNull(row)) {
            valid[i] = 0;
            out[i] = Out{};
        } else {
            out[i] = get(array, row);
        }
    });
}

template <class Array>
void read_integers(const ta_column &column, ta_rows rows, ptrdiff_t *out, uint8_t *valid) {
    read<Array>(column, rows, out, valid, [](const Array &array, int64_t row) {
        const auto value = array.Value(row);
        if constexpr (sizeof(value) == 8 && std::is_unsigned_v<decltype(value)>) {
            if (value > static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) {
                throw std::overflow_error(
                    "the integer " + std::to_string(value) + " exceeds 64 signed bits");
            }
        }
        return static_cast<ptrdiff_t>(value);
    });
}

void read_integers(const ta_column &column, ta_rows rows, ptrdiff_t *out, uint8_t *valid) {
    switch (column.data->type()->id()) {
    case arrow::Type::INT8: return read_integers<arrow::Int8Array>(column, rows, out, valid);
    case arrow::Type::INT16: return read_integers<arrow::Int16Array>(column, rows, out, valid);
    case arrow::Type::INT32: return read_integers<arrow::Int32Array>(column, rows, out, valid);
    case arrow::Type::INT64: return read_integers<arrow::Int64Array>(column, rows, out, valid);
    case arrow::Type::UINT8: return read_integers<arrow::UInt8Array>(column, rows, out, valid);
    case arrow::Type::UINT16: return read_integers<arrow::UInt16Array>(column, rows, out, valid);
    case arrow::Type::UINT32: return read_integers<arrow::UInt32Array>(column, rows, out, valid);
    case arrow::Type::UINT64: return read_integers<arrow::UInt64Array>(column, rows, out, valid);
    default: throw std::invalid_argument("not an integer column");
    }
}

template <class Array>
void read_texts(const ta_column &column, ta_rows rows, ta_text *out, uint8_t *valid) {
    read<Array>(column, rows, out, valid, [](const Array &array, int64_t row) {
        const auto view = array.GetView(row);
        return ta_text{
            reinterpret_cast<const uint8_t *>(view.data()), static_cast<ptrdiff_t>(view.size())};
    });
}

/// Ranges of a list column in the coordinates of its joined child chunks.
template <class Array>
void read_ranges(
    const ta_column &column, ta_rows rows, ptrdiff_t *begins, ptrdiff_t *ends, uint8_t *valid) {
    std::vector<const arrow::Array *> chunks;
    std::vector<int64_t> child_starts;
    int64_t start = 0;
    for (const auto &chunk : column.data->chunks()) {
        chunks.push_back(chunk.get());
        child_starts.push_back(start);
        start += static_cast<const Array &>(*chunk).values()->length();
    }
    size_t current = 0;
    for_each_row<Array>(column, rows, [&](ptrdiff_t i, const Array &array, int64_t row) {
        if (chunks[current] != &array) {
            const auto found = std::find(chunks.begin(), chunks.end(), &array);
            current = static_cast<size_t>(found - chunks.begin());
        }
        const bool is_valid = !array.IsNull(row);
        if (valid != nullptr) valid[i] = is_valid ? 1 : 0;
        const int64_t begin = child_starts[current] + array.value_offset(row);
        begins[i] = begin;
        ends[i] = is_valid ? begin + array.value_length(row) : begin;
    });
}

}  // namespace

int32_t ta_read_ints(const ta_column *column, ta_rows rows, ptrdiff_t *out, uint8_t *valid) {
    return tune::guard([&] { read_integers(*column, rows, out, valid); });
}

int32_t ta_read_doubles(const ta_column *column, ta_rows rows, double *out, uint8_t *valid) {
    return tune::guard([&] {
        const auto plain = [](const auto &array, int64_t row) {
            return static_cast<double>(array.Value(row));
        };
        switch (column->data->type()->id()) {
        case arrow::Type::DOUBLE:
            return read<arrow::DoubleArray>(*column, rows, out, valid, plain);
        case arrow::Type::FLOAT:
            return read<arrow::FloatArray>(*column, rows, out, valid, plain);
        case arrow::Type::HALF_FLOAT:
            return read<arrow::HalfFloatArray>(
                *column, rows, out, valid, [](const auto &array, int64_t row) {
                    return arrow::util::Float16::FromBits(array.Value(row)).ToDouble();
                });
        default: throw std::invalid_argument("not a floating-point column");
        }
    });
}

int32_t ta_read_bools(const ta_column *column, ta_rows rows, uint8_t *out, uint8_t *valid) {
    return tune::guard([&] {
        read<arrow::BooleanArray>(*column, rows, out, valid, [](const auto &array, int64_t row) {
            return static_cast<uint8_t>(array.Value(row) ? 1 : 0);
        });
    });
}

int32_t ta_read_texts(const ta_column *column, ta_rows rows, ta_text *out, uint8_t *valid) {
    return tune::guard([&] {
        switch (column->data->type()->id()) {
        case arrow::Type::STRING:
        case arrow::Type::BINARY:
            return read_texts<arrow::BinaryArray>(*column, rows, out, valid);
        case arrow::Type::LARGE_STRING:
        case arrow::Type::LARGE_BINARY:
            return read_texts<arrow::LargeBinaryArray>(*column, rows, out, valid);
        default: throw std::invalid_argument("not a text column");
        }
    });
}

int32_t ta_read_valid(const ta_column *column, ta_rows rows, uint8_t *valid) {
    return tune::guard([&] {
        for_each_row<arrow::Array>(
            *column, rows, [&](ptrdiff_t i, const arrow::Array &array, int64_t row) {
                valid[i] = array.IsNull(row) ? 0 : 1;
            });
    });
}

int32_t ta_read_ranges(
    const ta_column *column, ta_rows rows, ptrdiff_t *begins, ptrdiff_t *ends, uint8_t *valid) {
    return tune::guard([&] {
        switch (column->data->type()->id()) {
        case arrow::Type::LIST:
            return read_ranges<arrow::ListArray>(*column, rows, begins, ends, valid);
        case arrow::Type::LARGE_LIST:
            return read_ranges<arrow::LargeListArray>(*column, rows, begins, ends, valid);
        case arrow::Type::FIXED_SIZE_LIST:
            return read_ranges<arrow::FixedSizeListArray>(*column, rows, begins, ends, valid);
        default: throw std::invalid_argument("not a list column");
        }
    });
}

int32_t ta_read_int_ranges(
    const ta_column *column, const ptrdiff_t *begins, const ptrdiff_t *ends, ptrdiff_t count,
    ptrdiff_t *out, ptrdiff_t *nulls) {
    return tune::guard([&] {
        const bool may_be_null = column->data->null_count() > 0;
        std::vector<uint8_t> valid;
        *nulls = 0;
        for (ptrdiff_t i = 0; i < count; ++i) {
            const ta_rows rows{nullptr, begins[i], ends[i] - begins[i]};
            if (may_be_null) valid.resize(static_cast<size_t>(rows.count));
            read_integers(*column, rows, out, may_be_null ? valid.data() : nullptr);
            if (may_be_null) *nulls += std::count(valid.begin(), valid.end(), uint8_t{0});
            out += rows.count;
        }
    });
}
