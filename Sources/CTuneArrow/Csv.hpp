// The two halves of reading CSV: splitting text into cells, and finding the type of a column.
#pragma once

#include "Support.hpp"

#include <string_view>

namespace tune {

/// The cells of one column, unquoted, end to end.
struct TextColumn {
    std::string name;
    std::string text;
    std::vector<int64_t> offsets{0};
    std::vector<uint8_t> present;

    size_t count() const { return present.size(); }
    std::string_view cell(size_t row) const {
        const auto begin = static_cast<size_t>(offsets[row]);
        return std::string_view(text).substr(begin, static_cast<size_t>(offsets[row + 1]) - begin);
    }
    void append(std::string_view cell) {
        text.append(cell);
        offsets.push_back(static_cast<int64_t>(text.size()));
        present.push_back(1);
    }
    void append_missing() {
        offsets.push_back(static_cast<int64_t>(text.size()));
        present.push_back(0);
    }
};

std::vector<TextColumn> split_csv(std::string_view text, const ta_csv_options &options);

/// Integer, then floating point, then boolean, then text, as the first that holds every cell.
std::shared_ptr<arrow::Array> infer_column(const TextColumn &column, bool keep_text);

}  // namespace tune
