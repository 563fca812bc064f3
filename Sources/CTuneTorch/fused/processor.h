#pragma once
#include <string>

namespace tt {

/// Whether the processor is one of AMD.
bool is_amd() noexcept;

/// What the rates of products depend on beside their shapes: the processor and the instructions that
/// libraries may use, the version of libtorch, and settings by which users restrict libraries.
std::string processor_identity();

} // namespace tt
