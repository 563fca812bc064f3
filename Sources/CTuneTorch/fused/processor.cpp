#include "processor.h"

#include <ATen/Version.h>
#include <ATen/core/ivalue.h>
#include <ATen/cpu/Utils.h>
#include <torch/headeronly/version.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <vector>

#ifdef __x86_64__
#include <cpuid.h>
#endif
#ifdef __APPLE__
#include <sys/sysctl.h>
#endif

namespace tt {
namespace {

#ifdef __x86_64__
/// The registers of `cpuid` in the order in which texts lie in them.
std::array<uint32_t, 4> identification(uint32_t leaf) noexcept {
    uint32_t a = 0, b = 0, c = 0, d = 0;
    __get_cpuid(leaf, &a, &b, &c, &d);
    return leaf == 0 ? std::array<uint32_t, 4>{b, d, c, 0} : std::array<uint32_t, 4>{a, b, c, d};
}

std::string text(uint32_t leaf) {
    const auto registers = identification(leaf);
    std::array<char, sizeof(registers) + 1> text{};
    std::memcpy(text.data(), registers.data(), sizeof(registers));
    return text.data();
}

/// Names alone do not tell models in virtual machines apart: the first number has family and model.
std::string model() {
    return text(0) + " " + text(0x80000002) + text(0x80000003) + text(0x80000004) + " " +
           std::to_string(identification(1)[0]);
}
#elif defined(__APPLE__)
std::string model() {
    std::array<char, 256> name{};
    std::size_t size = name.size() - 1;
    sysctlbyname("machdep.cpu.brand_string", name.data(), &size, nullptr, 0);
    return name.data();
}
#else
/// What Linux says of the first processor.
std::string model() {
    std::ifstream file("/proc/cpuinfo");
    std::string result;
    for (std::string line; std::getline(file, line) && !(line.empty() && !result.empty());) {
        if (line.starts_with("CPU ") || line.starts_with("Features")) result += line + "; ";
    }
    return result;
}
#endif

/// Instructions that libraries take other code for.
std::string instructions() {
    std::vector<std::string> names;
    for (const auto &[name, value] : at::cpu::get_cpu_capabilities()) {
        if (value.isBool() && value.toBool()) names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    std::string result = at::get_cpu_capability();
    for (const std::string &name : names) result += " " + name;
    return result;
}

/// Variables of libtorch and its libraries that make them take other code.
constexpr std::array settings{
    "ATEN_CPU_CAPABILITY",   "ONEDNN_MAX_CPU_ISA",          "DNNL_MAX_CPU_ISA",
    "ONEDNN_CPU_ISA_HINTS",  "ONEDNN_DEFAULT_FPMATH_MODE",  "DNNL_DEFAULT_FPMATH_MODE",
    "MKL_ENABLE_INSTRUCTIONS", "MKL_CBWR",                  "MKL_DEBUG_CPU_TYPE",
};

} // namespace

bool is_amd() noexcept {
#ifdef __x86_64__
    const auto registers = identification(0);
    return std::memcmp(registers.data(), "AuthenticAMD", 12) == 0;
#else
    return false;
#endif
}

std::string processor_identity() {
    std::string result = model() + ", " + instructions() + ", libtorch " TORCH_VERSION;
    for (const char *name : settings) {
        if (const char *value = std::getenv(name)) result += std::string(", ") + name + "=" + value;
    }
    return result;
}

} // namespace tt
