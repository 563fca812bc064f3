#include "Support.hpp"

#include <arrow/array/builder_primitive.h>
#include <arrow/util/bitmap_builders.h>

#include <cstring>
#include <limits>

namespace {

std::shared_ptr<arrow::Buffer> bitmap(const uint8_t *valid, ptrdiff_t count) {
    if (valid == nullptr) return nullptr;
    auto buffer = tune::take(arrow::AllocateEmptyBitmap(count));
    for (ptrdiff_t i = 0; i < count; ++i) {
        if (valid[i] != 0) arrow::bit_util::SetBit(buffer->mutable_data(), i);
    }
    return buffer;
}

template <class Value>
std::shared_ptr<arrow::Buffer> copy(const Value *values, ptrdiff_t count) {
    const auto bytes = static_cast<int64_t>(sizeof(Value)) * count;
    std::shared_ptr<arrow::Buffer> buffer = tune::take(arrow::AllocateBuffer(bytes));
    if (bytes > 0) std::memcpy(buffer->mutable_data(), values, static_cast<size_t>(bytes));
    return buffer;
}

/// Offsets as Arrow's 32-bit ones.
std::shared_ptr<arrow::Buffer> narrow(const ptrdiff_t *offsets, ptrdiff_t count) {
    if (offsets[count] > std::numeric_limits<int32_t>::max()) {
        throw std::length_error("one batch of a column holds more than 2^31 elements");
    }
    std::vector<int32_t> narrowed(offsets, offsets + count + 1);
    return copy(narrowed.data(), count + 1);
}

void finish(std::shared_ptr<arrow::ArrayData> data, ta_column **out) {
    *out = tune::wrap(arrow::MakeArray(std::move(data)));
}

}  // namespace

int32_t ta_build_ints(
    const ptrdiff_t *values, ptrdiff_t count, const uint8_t *valid, ta_column **out) {
    return tune::guard([&] {
        finish(
            arrow::ArrayData::Make(
                arrow::int64(), count, {bitmap(valid, count), copy(values, count)}),
            out);
    });
}

int32_t ta_build_doubles(
    const double *values, ptrdiff_t count, const uint8_t *valid, ta_column **out) {
    return tune::guard([&] {
        finish(
            arrow::ArrayData::Make(
                arrow::float64(), count, {bitmap(valid, count), copy(values, count)}),
            out);
    });
}

int32_t ta_build_bools(
    const uint8_t *values, ptrdiff_t count, const uint8_t *valid, ta_column **out) {
    return tune::guard([&] {
        finish(
            arrow::ArrayData::Make(
                arrow::boolean(), count, {bitmap(valid, count), bitmap(values, count)}),
            out);
    });
}

int32_t ta_build_texts(
    const uint8_t *bytes, const ptrdiff_t *offsets, ptrdiff_t count, const uint8_t *valid,
    int32_t binary, ta_column **out) {
    return tune::guard([&] {
        finish(
            arrow::ArrayData::Make(
                binary != 0 ? arrow::binary() : arrow::utf8(), count,
                {bitmap(valid, count), narrow(offsets, count), copy(bytes, offsets[count])}),
            out);
    });
}

int32_t ta_build_list(
    const ta_column *values, const ptrdiff_t *offsets, ptrdiff_t count, const uint8_t *valid,
    ta_column **out) {
    return tune::guard([&] {
        if (values->data->num_chunks() != 1) {
            throw std::invalid_argument("list elements must be one chunk");
        }
        const auto elements = values->data->chunk(0);
        finish(
            arrow::ArrayData::Make(
                arrow::list(elements->type()), count,
                {bitmap(valid, count), narrow(offsets, count)}, {elements->data()}),
            out);
    });
}

int32_t ta_build_struct(
    const char *const *names, const ta_column *const *children, ptrdiff_t child_count,
    ptrdiff_t count, const uint8_t *valid, ta_column **out) {
    return tune::guard([&] {
        std::vector<std::shared_ptr<arrow::Field>> fields;
        std::vector<std::shared_ptr<arrow::ArrayData>> data;
        for (ptrdiff_t i = 0; i < child_count; ++i) {
            const auto &child = *children[i]->data;
            if (child.num_chunks() != 1) throw std::invalid_argument("a field must be one chunk");
            fields.push_back(arrow::field(names[i], child.type()));
            data.push_back(child.chunk(0)->data());
        }
        finish(
            arrow::ArrayData::Make(
                arrow::struct_(std::move(fields)), count, {bitmap(valid, count)},
                std::move(data)),
            out);
    });
}

int32_t ta_build_nulls(const ta_type *type, ptrdiff_t count, ta_column **out) {
    return tune::guard([&] {
        *out = tune::wrap(tune::take(arrow::MakeArrayOfNull(type->type, count)));
    });
}
