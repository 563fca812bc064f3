#include "Support.hpp"

#include <arrow/compute/api.h>

#include <algorithm>

namespace {

/// The elements of one chunk of a list column, whole: ranges keep the chunk's own offsets.
std::shared_ptr<arrow::Array> list_values(const arrow::Array &chunk) {
    switch (chunk.type_id()) {
    case arrow::Type::LIST: return static_cast<const arrow::ListArray &>(chunk).values();
    case arrow::Type::LARGE_LIST:
        return static_cast<const arrow::LargeListArray &>(chunk).values();
    case arrow::Type::FIXED_SIZE_LIST:
        return static_cast<const arrow::FixedSizeListArray &>(chunk).values();
    default: throw std::invalid_argument("not a list column");
    }
}

}  // namespace

void ta_column_free(ta_column *column) { delete column; }
ptrdiff_t ta_column_length(const ta_column *column) { return column->data->length(); }
ptrdiff_t ta_column_null_count(const ta_column *column) { return column->data->null_count(); }
int32_t ta_column_kind(const ta_column *column) { return tune::kind(*column->data->type()); }

int32_t ta_column_type(const ta_column *column, ta_type **out) {
    return tune::guard([&] { *out = tune::wrap(column->data->type()); });
}

int32_t ta_column_child(const ta_column *column, ptrdiff_t index, ta_column **out) {
    return tune::guard([&] {
        const auto &type = *column->data->type();
        if (index < 0 || index >= type.num_fields()) throw std::out_of_range("no such child");
        arrow::ArrayVector chunks;
        for (const auto &chunk : column->data->chunks()) {
            if (type.id() == arrow::Type::STRUCT) {
                const auto &structure = static_cast<const arrow::StructArray &>(*chunk);
                chunks.push_back(structure.field(static_cast<int>(index)));
            } else {
                chunks.push_back(list_values(*chunk));
            }
        }
        const auto child = type.field(static_cast<int>(index))->type();
        *out = tune::wrap(std::make_shared<arrow::ChunkedArray>(std::move(chunks), child));
    });
}

int32_t ta_column_concatenate(
    const ta_column *const *columns, ptrdiff_t count, ta_column **out) {
    return tune::guard([&] {
        arrow::ArrayVector chunks;
        for (ptrdiff_t i = 0; i < count; ++i) {
            const auto &data = *columns[i]->data;
            if (!data.type()->Equals(*columns[0]->data->type())) {
                throw std::invalid_argument(
                    "cannot join " + columns[0]->data->type()->ToString() + " and " +
                    data.type()->ToString());
            }
            for (const auto &chunk : data.chunks()) {
                if (chunk->length() > 0) chunks.push_back(chunk);
            }
        }
        *out = tune::wrap(
            std::make_shared<arrow::ChunkedArray>(std::move(chunks), columns[0]->data->type()));
    });
}

int32_t ta_column_take(const ta_column *column, ta_rows rows, ta_column **out) {
    return tune::guard([&] {
        if (rows.indices == nullptr) {
            *out = tune::wrap(column->data->Slice(rows.start, rows.count));
            return;
        }
        tune::initialize_compute();
        const auto indices = std::make_shared<arrow::Int64Array>(
            rows.count, arrow::Buffer::Wrap(rows.indices, static_cast<size_t>(rows.count)));
        const auto taken = tune::take(arrow::compute::Take(column->data, indices));
        if (taken.is_array()) {
            *out = tune::wrap(taken.make_array());
        } else {
            *out = tune::wrap(taken.chunked_array());
        }
    });
}

int32_t ta_column_cast(const ta_column *column, const ta_type *type, ta_column **out) {
    return tune::guard([&] {
        if (column->data->type()->Equals(*type->type)) {
            *out = tune::wrap(column->data);
            return;
        }
        tune::initialize_compute();
        const auto cast = tune::take(arrow::compute::Cast(column->data, type->type));
        *out = tune::wrap(cast.chunked_array());
    });
}

int32_t ta_column_unique(const ta_column *column, ta_column **out) {
    return tune::guard([&] {
        tune::initialize_compute();
        *out = tune::wrap(tune::take(arrow::compute::Unique(column->data)));
    });
}

int32_t ta_sort_indices(
    const ta_column *const *columns, const int32_t *descending, ptrdiff_t count,
    int32_t nulls_first, ptrdiff_t *out) {
    return tune::guard([&] {
        tune::initialize_compute();
        std::vector<std::shared_ptr<arrow::Field>> fields;
        std::vector<std::shared_ptr<arrow::ChunkedArray>> data;
        std::vector<arrow::compute::SortKey> keys;
        const auto placement = nulls_first != 0 ? arrow::compute::NullPlacement::AtStart
                                                : arrow::compute::NullPlacement::AtEnd;
        for (ptrdiff_t i = 0; i < count; ++i) {
            const auto name = std::to_string(i);
            fields.push_back(arrow::field(name, columns[i]->data->type()));
            data.push_back(columns[i]->data);
            keys.emplace_back(
                name,
                descending[i] != 0 ? arrow::compute::SortOrder::Descending
                                   : arrow::compute::SortOrder::Ascending,
                placement);
        }
        const auto table = arrow::Table::Make(arrow::schema(fields), data);
        const arrow::compute::SortOptions options(keys);
        const auto order = tune::take(arrow::compute::SortIndices(arrow::Datum(table), options));
        const auto &indices = static_cast<const arrow::UInt64Array &>(*order);
        std::copy_n(indices.raw_values(), indices.length(), out);
    });
}
