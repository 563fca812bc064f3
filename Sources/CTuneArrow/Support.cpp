#include "Support.hpp"

#include <arrow/compute/initialize.h>

#include <mutex>

namespace tune {

std::string &last_error() noexcept {
    thread_local std::string message;
    return message;
}

void initialize_compute() {
    static std::once_flag once;
    std::call_once(once, [] { check(arrow::compute::Initialize()); });
}

ta_type *wrap(std::shared_ptr<arrow::DataType> type) {
    auto result = std::make_unique<ta_type>();
    result->name = type->ToString();
    for (const auto &field : type->fields()) result->child_names.push_back(field->name());
    result->type = std::move(type);
    return result.release();
}

ta_column *wrap(std::shared_ptr<arrow::ChunkedArray> data) {
    auto result = std::make_unique<ta_column>();
    int64_t start = 0;
    for (const auto &chunk : data->chunks()) {
        result->starts.push_back(start);
        start += chunk->length();
    }
    result->starts.push_back(start);
    result->data = std::move(data);
    return result.release();
}

ta_column *wrap(std::shared_ptr<arrow::Array> array) {
    return wrap(std::make_shared<arrow::ChunkedArray>(std::move(array)));
}

ta_table *wrap(std::shared_ptr<arrow::Table> table) {
    auto result = std::make_unique<ta_table>();
    for (const auto &field : table->schema()->fields()) result->names.push_back(field->name());
    if (const auto &metadata = table->schema()->metadata()) {
        result->metadata = metadata->sorted_pairs();
    }
    result->table = std::move(table);
    return result.release();
}

int32_t kind(const arrow::DataType &type) {
    switch (type.id()) {
    case arrow::Type::NA: return TA_NULL;
    case arrow::Type::BOOL: return TA_BOOL;
    case arrow::Type::INT8:
    case arrow::Type::INT16:
    case arrow::Type::INT32:
    case arrow::Type::INT64:
    case arrow::Type::UINT8:
    case arrow::Type::UINT16:
    case arrow::Type::UINT32:
    case arrow::Type::UINT64: return TA_INT;
    case arrow::Type::HALF_FLOAT:
    case arrow::Type::FLOAT:
    case arrow::Type::DOUBLE: return TA_DOUBLE;
    case arrow::Type::STRING:
    case arrow::Type::LARGE_STRING: return TA_TEXT;
    case arrow::Type::BINARY:
    case arrow::Type::LARGE_BINARY: return TA_BINARY;
    case arrow::Type::LIST:
    case arrow::Type::LARGE_LIST:
    case arrow::Type::FIXED_SIZE_LIST: return TA_LIST;
    case arrow::Type::STRUCT: return TA_STRUCT;
    default: return TA_OTHER;
    }
}

}  // namespace tune

const char *ta_last_error(void) { return tune::last_error().c_str(); }

void ta_table_free(ta_table *table) { delete table; }
ptrdiff_t ta_table_row_count(const ta_table *table) { return table->table->num_rows(); }
ptrdiff_t ta_table_column_count(const ta_table *table) { return table->table->num_columns(); }

const char *ta_table_name(const ta_table *table, ptrdiff_t index) {
    return table->names[static_cast<size_t>(index)].c_str();
}

int32_t ta_table_column(const ta_table *table, ptrdiff_t index, ta_column **out) {
    return tune::guard([&] { *out = tune::wrap(table->table->column(static_cast<int>(index))); });
}

const char *ta_table_metadata(const ta_table *table, const char *key) {
    for (const auto &[name, value] : table->metadata) {
        if (name == key) return value.c_str();
    }
    return nullptr;
}
