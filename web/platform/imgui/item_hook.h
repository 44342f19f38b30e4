// Tells a listener of every interactive item that ImGui lays out: its id. Only in builds with IMGUI_ENABLE_TEST_ENGINE,
// which is every build but the released page; elsewhere the listener hears nothing.
#pragma once

#include <functional>

struct ImGuiContext;

namespace ownkey::platform {

using ItemListener = std::function<void(unsigned id)>;

// The listener must live as long as the context does.
void listen_to_items(ImGuiContext& context, ItemListener& listener);

}  // namespace ownkey::platform
