#include "Support.hpp"

#include <map>
#include <regex>

namespace {

using Leaves = std::map<std::string, std::shared_ptr<arrow::DataType>>;

const Leaves &plain_leaves() {
    static const Leaves leaves = {
        {"null", arrow::null()},
        {"bool", arrow::boolean()},
        {"int8", arrow::int8()},
        {"int16", arrow::int16()},
        {"int32", arrow::int32()},
        {"int64", arrow::int64()},
        {"uint8", arrow::uint8()},
        {"uint16", arrow::uint16()},
        {"uint32", arrow::uint32()},
        {"uint64", arrow::uint64()},
        {"float16", arrow::float16()},
        {"float32", arrow::float32()},
        {"float", arrow::float32()},
        {"float64", arrow::float64()},
        {"double", arrow::float64()},
        {"string", arrow::utf8()},
        {"large_string", arrow::large_utf8()},
        {"binary", arrow::binary()},
        {"large_binary", arrow::large_binary()},
        {"date32", arrow::date32()},
        {"date64", arrow::date64()},
    };
    return leaves;
}

arrow::TimeUnit::type time_unit(const std::string &name) {
    if (name == "s") return arrow::TimeUnit::SECOND;
    if (name == "ms") return arrow::TimeUnit::MILLI;
    if (name == "us") return arrow::TimeUnit::MICRO;
    return arrow::TimeUnit::NANO;
}

/// Types that carry a unit or a precision: `timestamp[us, tz=UTC]`, `decimal128(10, 2)`.
std::shared_ptr<arrow::DataType> parameterised_leaf(const std::string &name) {
    static const std::regex timed(
        R"((timestamp|duration|time32|time64)\[(s|ms|us|ns)(?:, tz=(.+))?\])");
    static const std::regex decimal(R"((decimal128|decimal256)\((\d+), (-?\d+)\))");
    std::smatch match;
    if (std::regex_match(name, match, timed)) {
        const auto unit = time_unit(match[2]);
        if (match[1] == "timestamp") return arrow::timestamp(unit, match[3].str());
        if (match[1] == "duration") return arrow::duration(unit);
        const bool coarse = unit == arrow::TimeUnit::SECOND || unit == arrow::TimeUnit::MILLI;
        if (match[1] == "time32" && coarse) return arrow::time32(unit);
        if (match[1] == "time64" && !coarse) return arrow::time64(unit);
    } else if (std::regex_match(name, match, decimal)) {
        const int precision = std::stoi(match[2]);
        const int scale = std::stoi(match[3]);
        if (match[1] == "decimal128") {
            return tune::take(arrow::Decimal128Type::Make(precision, scale));
        }
        return tune::take(arrow::Decimal256Type::Make(precision, scale));
    }
    throw std::invalid_argument("unknown data type '" + name + "'");
}

}  // namespace

void ta_type_free(ta_type *type) { delete type; }
int32_t ta_type_kind(const ta_type *type) { return tune::kind(*type->type); }
const char *ta_type_name(const ta_type *type) { return type->name.c_str(); }
ptrdiff_t ta_type_child_count(const ta_type *type) { return type->type->num_fields(); }

int32_t ta_type_list_variant(const ta_type *type) {
    switch (type->type->id()) {
    case arrow::Type::LARGE_LIST: return TA_LIST_64;
    case arrow::Type::FIXED_SIZE_LIST: return TA_LIST_FIXED;
    default: return TA_LIST_32;
    }
}

ptrdiff_t ta_type_list_size(const ta_type *type) {
    if (type->type->id() != arrow::Type::FIXED_SIZE_LIST) return -1;
    return static_cast<const arrow::FixedSizeListType &>(*type->type).list_size();
}

const char *ta_type_child_name(const ta_type *type, ptrdiff_t index) {
    return type->child_names[static_cast<size_t>(index)].c_str();
}

int32_t ta_type_child(const ta_type *type, ptrdiff_t index, ta_type **out) {
    return tune::guard(
        [&] { *out = tune::wrap(type->type->field(static_cast<int>(index))->type()); });
}

int32_t ta_type_leaf(const char *name, ta_type **out) {
    return tune::guard([&] {
        const auto known = plain_leaves().find(name);
        *out = tune::wrap(
            known != plain_leaves().end() ? known->second : parameterised_leaf(name));
    });
}

int32_t ta_type_make_list(const ta_type *item, int32_t variant, ptrdiff_t size, ta_type **out) {
    return tune::guard([&] {
        switch (variant) {
        case TA_LIST_64: *out = tune::wrap(arrow::large_list(item->type)); break;
        case TA_LIST_FIXED:
            *out = tune::wrap(arrow::fixed_size_list(item->type, static_cast<int32_t>(size)));
            break;
        default: *out = tune::wrap(arrow::list(item->type));
        }
    });
}

int32_t ta_type_make_struct(
    const char *const *names, const ta_type *const *children, ptrdiff_t count, ta_type **out) {
    return tune::guard([&] {
        std::vector<std::shared_ptr<arrow::Field>> fields;
        for (ptrdiff_t i = 0; i < count; ++i) {
            fields.push_back(arrow::field(names[i], children[i]->type));
        }
        *out = tune::wrap(arrow::struct_(std::move(fields)));
    });
}
