// Which of a person's keys.
#pragma once

#include <compare>
#include <string>

#include "shared/provider.h"

namespace ownkey::state {

struct KeyName {
  Provider provider{};
  std::string label = "default";  // empty: none of the stored ones, but the one in the field
  auto operator<=>(const KeyName&) const = default;
};

}  // namespace ownkey::state
