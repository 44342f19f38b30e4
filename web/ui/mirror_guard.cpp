#include "web/ui/mirror_guard.h"

#include <algorithm>

namespace ownkey::ui {

std::string MirrorGuard::complaint([[maybe_unused]] const std::vector<platform::MirrorNode>& nodes) const {
#ifdef IMGUI_ENABLE_TEST_ENGINE
  for (const auto item : items_) {
    const auto is_item = [&](const platform::MirrorNode& node) { return node.id == item; };
    if (std::any_of(nodes.begin(), nodes.end(), is_item)) continue;
    return "the item " + std::to_string(item) + " is drawn but has no mirror node: nobody but a mouse can reach it";
  }
#endif
  return {};
}

}  // namespace ownkey::ui
