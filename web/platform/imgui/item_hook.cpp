#include "web/platform/imgui/item_hook.h"

#include <imgui.h>
#include <imgui_internal.h>

#ifdef IMGUI_ENABLE_TEST_ENGINE

void ownkey::platform::listen_to_items(ImGuiContext& context, ItemListener& listener) {
  context.TestEngine = &listener;
  context.TestEngineHookItems = true;
}

// The names that ImGui calls, see imgui_internal.h.
void ImGuiTestEngineHook_ItemAdd(ImGuiContext* context, ImGuiID id, const ImRect&, const ImGuiLastItemData*) {
  if (id != 0) (*static_cast<ownkey::platform::ItemListener*>(context->TestEngine))(id);
}
void ImGuiTestEngineHook_ItemInfo(ImGuiContext*, ImGuiID, const char*, ImGuiItemStatusFlags) {}
void ImGuiTestEngineHook_Log(ImGuiContext*, const char*, ...) {}
const char* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext*, ImGuiID) { return ""; }

#else

void ownkey::platform::listen_to_items(ImGuiContext&, ItemListener&) {}

#endif
