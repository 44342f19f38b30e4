#include "web/ui/mirror_guard.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>

namespace ownkey::ui {

std::string MirrorGuard::complaint(const std::vector<platform::MirrorNode>& nodes) const {
  for (const auto item : items_) {
    const auto is_item = [&](const platform::MirrorNode& node) { return node.id == item; };
    if (item == ignored_ || std::any_of(nodes.begin(), nodes.end(), is_item)) continue;
    return "the item " + std::to_string(item) + " is drawn but has no mirror node: nobody but a mouse can reach it";
  }
  return {};
}

#ifdef IMGUI_ENABLE_TEST_ENGINE

void MirrorGuard::watch(ImGuiContext& context) {
  context.TestEngine = this;
  context.TestEngineHookItems = true;
}

}  // namespace ownkey::ui

// The names that ImGui calls, see imgui_internal.h.
void ImGuiTestEngineHook_ItemAdd(ImGuiContext* context, ImGuiID id, const ImRect&, const ImGuiLastItemData*) {
  if (id != 0) static_cast<ownkey::ui::MirrorGuard*>(context->TestEngine)->saw(id);
}
void ImGuiTestEngineHook_ItemInfo(ImGuiContext*, ImGuiID, const char*, ImGuiItemStatusFlags) {}
void ImGuiTestEngineHook_Log(ImGuiContext*, const char*, ...) {}
const char* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext*, ImGuiID) { return ""; }

#else

void MirrorGuard::watch(ImGuiContext&) {}

}  // namespace ownkey::ui

#endif
