#include "shadow.h"

#include <ATen/autocast_mode.h>
#include <ATen/ops/empty.h>
#include <c10/core/GradMode.h>

#include <mutex>
#include <unordered_map>

namespace tt {
namespace {

struct Shadow {
    /// Not an owner: an entry must not keep a weight alive.
    c10::weak_intrusive_ptr<at::TensorImpl> weight;
    at::Tensor copy;
    /// Not an owner either; while it is kept no other memory has the same name.
    c10::weak_intrusive_ptr<c10::StorageImpl> storage;
    const void *data;
    uint32_t version;

    bool is_current(const at::Tensor &tensor) const {
        return storage._unsafe_get_target() == tensor.storage().unsafeGetStorageImpl() &&
               data == tensor.const_data_ptr() && version == tensor._version();
    }

    void mark_current(const at::Tensor &tensor) {
        storage = tensor.storage().getWeakStorageImpl();
        data = tensor.const_data_ptr();
        version = tensor._version();
    }
};

std::mutex mutex;

auto &shadows() {
    static auto *const table = new std::unordered_map<at::TensorImpl *, Shadow>;
    return *table;
}

/// The entry of a weight; entries of weights that are gone or have another shape now are dropped on
/// the way.
Shadow *find(const at::Tensor &weight) {
    const auto entry = shadows().find(weight.unsafeGetTensorImpl());
    if (entry == shadows().end()) return nullptr;
    if (!entry->second.weight.expired() && entry->second.copy.sizes() == weight.sizes()) {
        return &entry->second;
    }
    shadows().erase(entry);
    return nullptr;
}

Shadow &insert(const at::Tensor &weight) {
    std::erase_if(shadows(), [](const auto &entry) { return entry.second.weight.expired(); });
    at::TensorImpl *key = weight.unsafeGetTensorImpl();
    Shadow shadow{c10::weak_intrusive_ptr<at::TensorImpl>(weight.getIntrusivePtr()),
                  at::empty(weight.sizes(), at::kBFloat16), weight.storage().getWeakStorageImpl(),
                  nullptr, 0};
    return shadows().insert_or_assign(key, std::move(shadow)).first->second;
}

} // namespace

bool is_autocast_bfloat16() {
    return at::autocast::is_autocast_enabled(at::kCPU) &&
           at::autocast::get_autocast_dtype(at::kCPU) == at::kBFloat16;
}

at::Tensor shadow_of(const at::Tensor &weight) {
    const std::lock_guard lock(mutex);
    Shadow *shadow = find(weight);
    if (shadow == nullptr) shadow = &insert(weight);
    if (!shadow->is_current(weight)) {
        const c10::NoGradGuard no_grad;
        shadow->copy.copy_(weight.detach());
        shadow->mark_current(weight);
    }
    return shadow->copy;
}

at::Tensor existing_shadow(const at::Tensor &weight) {
    const std::lock_guard lock(mutex);
    const Shadow *shadow = find(weight);
    return shadow ? shadow->copy : at::Tensor();
}

void shadow_was_written(const at::Tensor &weight) {
    const std::lock_guard lock(mutex);
    if (Shadow *shadow = find(weight)) shadow->mark_current(weight);
}

} // namespace tt
