// What the translation units of the fence share; never seen from outside.
#pragma once

#include "CTuneArrow.h"

#if !__has_include(<arrow/api.h>)
#error "Arrow C++ is missing: run `python3 Tools/bootstrap.py` once, then build again"
#endif

#include <arrow/api.h>

#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

struct ta_type {
    std::shared_ptr<arrow::DataType> type;
    std::string name;
    std::vector<std::string> child_names;
};

struct ta_column {
    std::shared_ptr<arrow::ChunkedArray> data;
    /// The first row of each chunk, then the number of rows.
    std::vector<int64_t> starts;
};

struct ta_table {
    std::shared_ptr<arrow::Table> table;
    std::vector<std::string> names;
    std::vector<std::pair<std::string, std::string>> metadata;
};

namespace tune {

std::string &last_error() noexcept;

/// Runs `body`, turning an exception into a status and a message of this thread.
template <class Body>
int32_t guard(Body &&body) noexcept {
    try {
        body();
        return 0;
    } catch (const std::exception &error) {
        try {
            last_error() = error.what();
        } catch (...) {
            return 2;
        }
        return 1;
    } catch (...) {
        return 3;
    }
}

inline void check(const arrow::Status &status) {
    if (!status.ok()) throw std::runtime_error(status.message());
}

template <class Value>
Value take(arrow::Result<Value> result) {
    check(result.status());
    return std::move(result).ValueUnsafe();
}

/// Registers Arrow's compute functions, once.
void initialize_compute();

ta_type *wrap(std::shared_ptr<arrow::DataType> type);
ta_column *wrap(std::shared_ptr<arrow::ChunkedArray> data);
ta_column *wrap(std::shared_ptr<arrow::Array> array);
ta_table *wrap(std::shared_ptr<arrow::Table> table);
int32_t kind(const arrow::DataType &type);

}  // namespace tune
