#include "Support.hpp"

#include <arrow/compute/api.h>
#include <arrow/extension_type.h>
#include <arrow/io/file.h>
#include <arrow/io/memory.h>
#include <arrow/json/api.h>
#include <parquet/arrow/reader.h>
#include <parquet/arrow/writer.h>

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace {

/// Extension types as their storage, dictionaries as their values: what the readers know.
std::shared_ptr<arrow::ChunkedArray> plain(const std::shared_ptr<arrow::ChunkedArray> &column) {
    if (column->type()->id() == arrow::Type::DICTIONARY) {
        tune::initialize_compute();
        const auto &type = static_cast<const arrow::DictionaryType &>(*column->type());
        return tune::take(arrow::compute::Cast(column, type.value_type())).chunked_array();
    }
    if (column->type()->id() != arrow::Type::EXTENSION) return column;
    const auto &type = static_cast<const arrow::ExtensionType &>(*column->type());
    arrow::ArrayVector chunks;
    for (const auto &chunk : column->chunks()) {
        chunks.push_back(static_cast<const arrow::ExtensionArray &>(*chunk).storage());
    }
    return std::make_shared<arrow::ChunkedArray>(std::move(chunks), type.storage_type());
}

std::shared_ptr<arrow::Table> plain(const std::shared_ptr<arrow::Table> &table) {
    std::vector<std::shared_ptr<arrow::Field>> fields;
    std::vector<std::shared_ptr<arrow::ChunkedArray>> columns;
    for (int i = 0; i < table->num_columns(); ++i) {
        columns.push_back(plain(table->column(i)));
        fields.push_back(arrow::field(table->field(i)->name(), columns.back()->type()));
    }
    return arrow::Table::Make(
        arrow::schema(std::move(fields), table->schema()->metadata()), std::move(columns),
        table->num_rows());
}

}  // namespace

int32_t ta_read_parquet(const char *path, ta_table **out) {
    return tune::guard([&] {
        auto file = tune::take(arrow::io::ReadableFile::Open(path));
        auto reader =
            tune::take(parquet::arrow::OpenFile(file, arrow::default_memory_pool()));
        reader->set_use_threads(true);
        *out = tune::wrap(plain(tune::take(reader->ReadTable())));
    });
}

int32_t ta_write_parquet(
    int32_t file_descriptor, const char *const *names, const ta_column *const *columns,
    ptrdiff_t count, const char *metadata) {
    return tune::guard([&] {
        std::vector<std::shared_ptr<arrow::Field>> fields;
        std::vector<std::shared_ptr<arrow::ChunkedArray>> data;
        for (ptrdiff_t i = 0; i < count; ++i) {
            fields.push_back(arrow::field(names[i], columns[i]->data->type()));
            data.push_back(columns[i]->data);
        }
        const auto table = arrow::Table::Make(
            arrow::schema(
                std::move(fields), arrow::key_value_metadata({"huggingface"}, {metadata})),
            std::move(data));
        // Arrow closes the descriptor that it is given.
        const int own = ::dup(file_descriptor);
        if (own < 0) throw std::system_error(errno, std::generic_category());
        const auto file = tune::take(arrow::io::FileOutputStream::Open(own));
        const auto properties =
            parquet::WriterProperties::Builder().compression(parquet::Compression::SNAPPY)
                ->build();
        const auto arrow_properties =
            parquet::ArrowWriterProperties::Builder().store_schema()->build();
        tune::check(parquet::arrow::WriteTable(
            *table, arrow::default_memory_pool(), file, 1024 * 1024, properties,
            arrow_properties));
        tune::check(file->Close());
    });
}

int32_t ta_read_json(const uint8_t *bytes, ptrdiff_t count, ta_table **out) {
    return tune::guard([&] {
        auto options = arrow::json::ReadOptions::Defaults();
        const auto read = [&](int64_t block) {
            options.block_size = static_cast<int32_t>(std::min<int64_t>(block, INT32_MAX));
            const auto input = std::make_shared<arrow::io::BufferReader>(
                std::make_shared<arrow::Buffer>(bytes, count));
            const auto reader = tune::take(arrow::json::TableReader::Make(
                arrow::default_memory_pool(), input, options,
                arrow::json::ParseOptions::Defaults()));
            return reader->Read();
        };
        // Blocks are read in parallel. What fails so may be a row longer than a block or kinds that
        // meet only across blocks; and errors count rows from the start of their block.
        constexpr int64_t block = 1 << 20;
        auto table = read(block);
        if (!table.ok() && count > block) table = read(count);
        *out = tune::wrap(tune::take(std::move(table)));
    });
}
