#include "tt_gemm.h"
#include "guard.h"

#include "fused/choice.h"
#include "fused/processor.h"

#include <atomic>
#include <stdexcept>

namespace {

using namespace tt;

std::atomic<void (*)(tt_product_choice)> reporter = nullptr;

void report(const ProductKey &key) {
    const auto take = reporter.load();
    if (take == nullptr) return;
    const Path usual = usual_path({key.bucket, key.inputs, key.outputs}, key.is_bfloat16);
    take({static_cast<int32_t>(key.kind), static_cast<int32_t>(key.weights), key.is_bfloat16,
          key.inputs, key.outputs, key.bucket, static_cast<int32_t>(key.threads),
          static_cast<int32_t>(usual)});
}

ProductChoice product_choice(const tt_product_choice &c) {
    if (c.kind < TT_FORWARD || c.kind > TT_WEIGHT_GRADIENT) {
        throw std::invalid_argument("there is no such product");
    }
    return {{static_cast<ProductKind>(c.kind), c.weights, c.is_bfloat16, c.inputs, c.outputs,
             c.bucket, c.threads},
            static_cast<Path>(c.path)};
}

} // namespace

int64_t tt_row_bucket(int64_t rows) noexcept { return row_bucket(rows); }

tt_status tt_set_product_choices(const tt_product_choice *choices, int32_t count) noexcept {
    return guard([&] {
        std::vector<ProductChoice> list;
        for (int32_t i = 0; i < count; i++) list.push_back(product_choice(choices[i]));
        set_product_choices(list);
    });
}

void tt_on_unknown_product(void (*take)(tt_product_choice), bool always) noexcept {
    reporter.store(take);
    set_product_resolver(take == nullptr ? nullptr : report, always);
}

bool tt_is_product_choice_open(bool is_bfloat16) noexcept { return is_choice_open(is_bfloat16); }

tt_status tt_processor_identity(void (*take)(void *, const char *), void *context) noexcept {
    return guard([&] { take(context, processor_identity().c_str()); });
}
