// The keys that lead somewhere from every page.
#pragma once

#include <string_view>
#include <vector>

namespace ownkey::pages {

struct Shortcut {
  std::string_view key, address, what;
};

const std::vector<Shortcut>& shortcuts();

}  // namespace ownkey::pages
