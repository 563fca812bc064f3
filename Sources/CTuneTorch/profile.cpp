#include "tt_profile.h"
#include "guard.h"
#include "recording.h"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

int64_t nanoseconds(Clock::duration duration) {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(duration).count();
}

/// `add` for `aten::add`; the function of a node `CppNode<tt::(anonymous namespace)::Function>`;
/// one name for what the engine of the backward pass does around each node.
std::string short_name(const char *full) {
    std::string name = full;
    if (name.starts_with("autograd::engine::")) return "autograd engine";
    if (name.find("CppNode<") != std::string::npos && name.back() == '>') name.pop_back();
    const auto colons = name.rfind("::");
    return colons == std::string::npos ? name : name.substr(colons + 2);
}

struct Phase {
    std::string name;
    int64_t time = 0;
};

struct Operation {
    int64_t calls = 0, time = 0;
};

/// An operation that has not ended.
struct Frame {
    size_t phase;
    Clock::time_point start;
    Clock::duration inner{};
    /// The phase to go back to, where this is the scope of a phase.
    std::optional<size_t> outer_phase{};
};

} // namespace

struct tt_profile_s {
    at::CallbackHandle callback = at::INVALID_CALLBACK_HANDLE;
    std::vector<Phase> phases;
    size_t phase = 0;
    Clock::time_point phase_start;
    std::vector<Frame> frames;
    std::map<std::pair<size_t, std::string>, Operation> table;
    /// The table in the order of the results.
    std::vector<decltype(table)::const_iterator> rows;

    size_t number(const std::string &name) {
        for (size_t i = 0; i < phases.size(); i++) {
            if (phases[i].name == name) return i;
        }
        phases.push_back({name});
        return phases.size() - 1;
    }

    void switch_phase(size_t next, Clock::time_point now) {
        if (phase < phases.size()) phases[phase].time += nanoseconds(now - phase_start);
        phase = next;
        phase_start = now;
    }

    void begin(const at::RecordFunction &function) {
        Frame frame{phase, Clock::now()};
        if (function.scope() == at::RecordScope::USER_SCOPE) {
            frame.outer_phase = phase;
            switch_phase(number(function.name()), frame.start);
        }
        frames.push_back(frame);
    }

    void end(const at::RecordFunction &function) {
        // An operation that had begun before the recording.
        if (frames.empty()) return;
        const Frame frame = frames.back();
        frames.pop_back();
        const auto now = Clock::now();
        const auto whole = now - frame.start;
        if (frame.outer_phase) {
            switch_phase(*frame.outer_phase, now);
        } else {
            auto &operation = table[{frame.phase, short_name(function.name())}];
            operation.calls++;
            operation.time += nanoseconds(whole - frame.inner);
        }
        if (!frames.empty()) frames.back().inner += whole;
    }
};

namespace {

thread_local tt_profile_s *active = nullptr;

std::unique_ptr<at::ObserverContext> begin(const at::RecordFunction &function) {
    if (active != nullptr) active->begin(function);
    return nullptr;
}

void end(const at::RecordFunction &function, at::ObserverContext *) {
    if (active != nullptr) active->end(function);
}

} // namespace

tt_status tt_profile_start(const char *phase, tt_profile *out) noexcept {
    return tt::guard([&] {
        if (active != nullptr) throw std::logic_error("this thread is being recorded already");
        auto profile = std::make_unique<tt_profile_s>();
        profile->phase = profile->number(phase);
        profile->callback = at::addThreadLocalCallback(
            at::RecordFunctionCallback(begin, end)
                .scopes({at::RecordScope::FUNCTION, at::RecordScope::BACKWARD_FUNCTION,
                         at::RecordScope::USER_SCOPE}));
        profile->phase_start = Clock::now();
        *out = active = profile.release();
    });
}

tt_status tt_profile_enter(tt_profile p, const char *phase) noexcept {
    return tt::guard([&] { p->switch_phase(p->number(phase), Clock::now()); });
}

tt_status tt_profile_stop(tt_profile p) noexcept {
    return tt::guard([&] {
        if (active != p) throw std::logic_error("this thread is not being recorded");
        p->switch_phase(p->phase, Clock::now());
        active = nullptr;
        at::removeCallback(p->callback);
        for (auto row = p->table.cbegin(); row != p->table.cend(); ++row) p->rows.push_back(row);
    });
}

void tt_profile_free(tt_profile p) noexcept {
    if (active == p) tt_profile_stop(p);
    delete p;
}

int32_t tt_profile_phase_count(tt_profile p) noexcept {
    return static_cast<int32_t>(p->phases.size());
}

tt_profile_phase tt_profile_phase_at(tt_profile p, int32_t index) noexcept {
    const auto &phase = p->phases[index];
    return {phase.name.c_str(), phase.time};
}

int32_t tt_profile_operation_count(tt_profile p) noexcept {
    return static_cast<int32_t>(p->rows.size());
}

tt_profile_operation tt_profile_operation_at(tt_profile p, int32_t index) noexcept {
    const auto &[key, operation] = *p->rows[index];
    return {p->phases[key.first].name.c_str(), key.second.c_str(), operation.calls,
            operation.time};
}
