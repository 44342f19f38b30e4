// Which of a person's keys.
#pragma once

#include <string>
#include <tuple>

#include "shared/provider.h"

namespace ownkey::state {

struct KeyName {
  Provider provider{};
  std::string label = "default";  // empty: none of the stored ones, but the one in the field

  bool operator<(const KeyName& other) const {
    return std::tie(provider, label) < std::tie(other.provider, other.label);
  }
};

}  // namespace ownkey::state
