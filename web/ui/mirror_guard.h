// MirrorGuard: finds interactive items that ImGui drew and nobody mirrored. Such an item would exist for a mouse alone.
// Works in every build but the released page (see web/platform/imgui/item_hook.h), where it finds nothing.
#pragma once

#include <string>
#include <vector>

#include "web/platform/imgui/item_hook.h"
#include "web/platform/mirror_node.h"

namespace ownkey::ui {

class MirrorGuard {
 public:
  void watch(ImGuiContext& context) { platform::listen_to_items(context, listener_); }
  void forget() { items_.clear(); }

  // A text for the developer, empty when all is well.
  std::string complaint(const std::vector<platform::MirrorNode>& nodes) const;

 private:
  std::vector<platform::NodeId> items_;
  platform::ItemListener listener_ = [this](platform::NodeId id) { items_.push_back(id); };
};

}  // namespace ownkey::ui
