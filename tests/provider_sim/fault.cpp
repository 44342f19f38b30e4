#include "tests/provider_sim/fault.h"

#include <string>

namespace ownkey::provider_sim {

Fault fault_in_key(std::string_view key) {
  for (const auto& [fault, name] : kFaultNames)
    if (key.find("-" + std::string(name)) != std::string_view::npos) return fault;
  return Fault::None;
}

Fault fault_in_prompt(std::string_view prompt) {
  if (prompt.find("[sim:") == std::string_view::npos) return Fault::None;
  for (const auto& [fault, name] : kFaultNames)
    if (prompt.find("[sim:" + std::string(name) + "]") != std::string_view::npos) return fault;
  return Fault::None;
}

}  // namespace ownkey::provider_sim
