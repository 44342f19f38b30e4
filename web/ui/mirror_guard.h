// MirrorGuard: finds interactive items that ImGui drew and nobody mirrored. Such an item would exist for a mouse alone.
// Works in builds with IMGUI_ENABLE_TEST_ENGINE (every build but the released page); elsewhere it finds nothing.
#pragma once

#include <string>
#include <vector>

#include "web/platform/mirror_node.h"

struct ImGuiContext;

namespace ownkey::ui {

class MirrorGuard {
 public:
  // Listens to the context, which must not outlive the guard's use.
  void watch(ImGuiContext& context);
  void clear() { items_.clear(); }

  void saw(platform::NodeId id) { items_.push_back(id); }
  void ignore(platform::NodeId id) { ignored_ = id; }  // the one window that everything lies in

  // A text for the developer, empty when all is well.
  std::string complaint(const std::vector<platform::MirrorNode>& nodes) const;

 private:
  std::vector<platform::NodeId> items_;
  platform::NodeId ignored_ = platform::kNoNode;
};

}  // namespace ownkey::ui
