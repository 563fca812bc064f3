#include "Csv.hpp"

#include <charconv>
#include <cstdlib>
#include <optional>
#include <unordered_set>

namespace {

/// The texts that stand for a missing value.
bool is_missing(std::string_view cell) {
    static const std::unordered_set<std::string_view> texts = {
        "",     "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND",
        "1.#QNAN", "<NA>", "N/A",   "NA",  "NULL",    "NaN",      "None", "n/a",  "nan",
        "null"};
    return cell.size() <= 8 && texts.contains(cell);
}

std::string_view trimmed(std::string_view cell) {
    const auto is_space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    while (!cell.empty() && is_space(cell.front())) cell.remove_prefix(1);
    while (!cell.empty() && is_space(cell.back())) cell.remove_suffix(1);
    return cell;
}

/// Without a leading plus, which `from_chars` does not read.
std::string_view number_text(std::string_view cell) {
    cell = trimmed(cell);
    if (cell.size() > 1 && cell[0] == '+' && cell[1] != '-') cell.remove_prefix(1);
    return cell;
}

enum class Parsed { no, yes, overflow };

Parsed parse_integer(std::string_view cell, int64_t &value) {
    const auto text = number_text(cell);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || end != text.data() + text.size()) return Parsed::no;
    if (error == std::errc::result_out_of_range) return Parsed::overflow;
    return error == std::errc() ? Parsed::yes : Parsed::no;
}

std::optional<double> parse_double(std::string_view cell) {
    const auto text = number_text(cell);
    if (text.empty()) return std::nullopt;
    // Of the words, only infinities are numbers: "nan" is missing and "nan(1)" is text.
    const char initial = text[text[0] == '-' && text.size() > 1 ? 1 : 0];
    if (initial == 'n' || initial == 'N') return std::nullopt;
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end != text.data() + text.size()) return std::nullopt;
    if (error == std::errc::result_out_of_range) return std::strtod(std::string(text).c_str(), nullptr);
    return error == std::errc() ? std::optional(value) : std::nullopt;
}

std::optional<bool> parse_bool(std::string_view cell) {
    if (cell == "True" || cell == "TRUE" || cell == "true") return true;
    if (cell == "False" || cell == "FALSE" || cell == "false") return false;
    return std::nullopt;
}

using MaybeArray = std::shared_ptr<arrow::Array>;

/// Appends every cell with `append`, which says whether it could; null where one could not.
template <class Builder, class Append>
MaybeArray build(
    const tune::TextColumn &column, const std::vector<uint8_t> &present, Append &&append) {
    Builder builder;
    tune::check(builder.Reserve(static_cast<int64_t>(column.count())));
    for (size_t row = 0; row < column.count(); ++row) {
        if (present[row] == 0) {
            tune::check(builder.AppendNull());
        } else if (!append(builder, column.cell(row))) {
            return nullptr;
        }
    }
    return tune::take(builder.Finish());
}

}  // namespace

namespace tune {

std::shared_ptr<arrow::Array> infer_column(const TextColumn &column, bool keep_text) {
    auto present = column.present;
    bool any_missing = false;
    for (size_t row = 0; row < column.count(); ++row) {
        if (is_missing(column.cell(row))) present[row] = 0;
        any_missing = any_missing || present[row] == 0;
    }
    if (!keep_text) {
        if (!any_missing) {
            const auto ints = build<arrow::Int64Builder>(
                column, present, [](auto &builder, std::string_view cell) {
                    int64_t value = 0;
                    if (parse_integer(cell, value) != Parsed::yes) return false;
                    builder.UnsafeAppend(value);
                    return true;
                });
            if (ints) return ints;
        }
        const auto doubles = build<arrow::DoubleBuilder>(
            column, present, [](auto &builder, std::string_view cell) {
                const auto value = parse_double(cell);
                if (value) builder.UnsafeAppend(*value);
                return value.has_value();
            });
        if (doubles) return doubles;
        const auto bools = build<arrow::BooleanBuilder>(
            column, present, [](auto &builder, std::string_view cell) {
                const auto value = parse_bool(cell);
                if (value) builder.UnsafeAppend(*value);
                return value.has_value();
            });
        if (bools) return bools;
    }
    return build<arrow::StringBuilder>(
        column, present, [](auto &builder, std::string_view cell) {
            tune::check(builder.Append(cell));
            return true;
        });
}

}  // namespace tune
