// Whose a typed key seems to be. A hint for the person and never a check: providers change how their keys begin.
#pragma once

#include <optional>
#include <string_view>

#include "shared/provider.h"

namespace ownkey::pages {

std::optional<Provider> seems_of(std::string_view key);

}  // namespace ownkey::pages
