#include "Csv.hpp"

#include <arrow/util/utf8.h>

#include <algorithm>
#include <set>

namespace {

/// Splits CSV text into records, one at a time.
class Scanner {
public:
    Scanner(std::string_view text, char delimiter, char quote)
        : text_(text), delimiter_(delimiter), quote_(quote) {}

    /// Reads the next record that is not blank; false at the end.
    bool next() {
        while (position_ < text_.size()) {
            record_line_ = line_;
            if (skip_blank_line()) continue;
            read_record();
            ++record_;
            return true;
        }
        return false;
    }

    const std::vector<std::string> &cells() const { return cells_; }
    size_t cell_count() const { return cell_count_; }
    int64_t line() const { return record_line_; }

private:
    bool at_line_end() const { return text_[position_] == '\n' || text_[position_] == '\r'; }

    void skip_line_end() {
        if (text_[position_] == '\r' && position_ + 1 < text_.size() &&
            text_[position_ + 1] == '\n') {
            ++position_;
        }
        ++position_;
        ++line_;
    }

    bool skip_blank_line() {
        size_t end = position_;
        while (end < text_.size() && (text_[end] == ' ' || text_[end] == '\t') &&
               text_[end] != delimiter_) {
            ++end;
        }
        if (end < text_.size() && text_[end] != '\n' && text_[end] != '\r') return false;
        position_ = end;
        if (position_ < text_.size()) skip_line_end();
        return true;
    }

    std::string &new_cell() {
        if (cell_count_ == cells_.size()) cells_.emplace_back();
        auto &cell = cells_[cell_count_++];
        cell.clear();
        return cell;
    }

    void read_record() {
        cell_count_ = 0;
        while (true) {
            read_cell(new_cell());
            if (position_ >= text_.size()) return;
            if (text_[position_] == delimiter_) {
                ++position_;
                continue;
            }
            skip_line_end();
            return;
        }
    }

    void read_cell(std::string &cell) {
        if (position_ < text_.size() && text_[position_] == quote_) read_quoted(cell);
        const size_t begin = position_;
        while (position_ < text_.size() && text_[position_] != delimiter_ && !at_line_end()) {
            ++position_;
        }
        cell.append(text_.substr(begin, position_ - begin));
    }

    void read_quoted(std::string &cell) {
        ++position_;
        while (position_ < text_.size()) {
            const char character = text_[position_++];
            if (character == '\n') ++line_;
            if (character != quote_) {
                cell.push_back(character);
            } else if (position_ < text_.size() && text_[position_] == quote_) {
                cell.push_back(quote_);
                ++position_;
            } else {
                return;
            }
        }
        throw std::invalid_argument(
            "EOF inside string starting at row " + std::to_string(record_));
    }

    std::string_view text_;
    char delimiter_;
    char quote_;
    size_t position_ = 0;
    int64_t line_ = 1;
    int64_t record_line_ = 1;
    int64_t record_ = 0;
    std::vector<std::string> cells_;
    size_t cell_count_ = 0;
};

/// Names of a header line: an empty one counts as unnamed, a repeated one gets a number.
std::vector<std::string> header_names(const Scanner &scanner) {
    std::vector<std::string> names;
    for (size_t i = 0; i < scanner.cell_count(); ++i) {
        std::string name = scanner.cells()[i];
        if (name.empty()) name = "Unnamed: " + std::to_string(i);
        const std::string base = name;
        for (int copy = 1; std::find(names.begin(), names.end(), name) != names.end(); ++copy) {
            name = base + "." + std::to_string(copy);
        }
        names.push_back(name);
    }
    return names;
}

}  // namespace

namespace tune {

std::vector<TextColumn> split_csv(std::string_view text, const ta_csv_options &options) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    Scanner scanner(text, static_cast<char>(options.delimiter), static_cast<char>(options.quote));
    std::vector<TextColumn> columns;
    if (options.names != nullptr) {
        for (ptrdiff_t i = 0; i < options.name_count; ++i) {
            columns.emplace_back().name = options.names[i];
        }
    } else {
        if (!scanner.next()) throw std::invalid_argument("No columns to parse from file");
        for (auto &name : header_names(scanner)) columns.emplace_back().name = std::move(name);
    }
    while (scanner.next()) {
        if (scanner.cell_count() > columns.size()) {
            throw std::invalid_argument(
                "Expected " + std::to_string(columns.size()) + " fields in line " +
                std::to_string(scanner.line()) + ", saw " +
                std::to_string(scanner.cell_count()));
        }
        for (size_t i = 0; i < columns.size(); ++i) {
            if (i < scanner.cell_count()) {
                columns[i].append(scanner.cells()[i]);
            } else {
                columns[i].append_missing();
            }
        }
    }
    return columns;
}

}  // namespace tune

int32_t ta_read_csv(
    const uint8_t *bytes, ptrdiff_t count, const ta_csv_options *options, ta_table **out) {
    return tune::guard([&] {
        const std::string_view text(
            reinterpret_cast<const char *>(bytes), static_cast<size_t>(count));
        arrow::util::InitializeUTF8();
        if (!arrow::util::ValidateUTF8(text)) {
            throw std::invalid_argument("the text is not valid UTF-8");
        }
        std::set<std::string> kept;
        for (ptrdiff_t i = 0; i < options->text_column_count; ++i) {
            kept.insert(options->text_columns[i]);
        }
        std::vector<std::shared_ptr<arrow::Field>> fields;
        arrow::ArrayVector arrays;
        for (const auto &column : tune::split_csv(text, *options)) {
            arrays.push_back(tune::infer_column(column, kept.contains(column.name)));
            fields.push_back(arrow::field(column.name, arrays.back()->type()));
        }
        const auto rows = arrays.empty() ? 0 : arrays.front()->length();
        *out = tune::wrap(
            arrow::Table::Make(arrow::schema(std::move(fields)), std::move(arrays), rows));
    });
}
