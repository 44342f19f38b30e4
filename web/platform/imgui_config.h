// How Dear ImGui is built for Ownkey. Text is drawn by the platform, so fonts are left out; so is all that a page never
// shows. The test engine's hook lets web/ui find items that have no mirror node (see mirror_guard.h).
#pragma once

#define IMGUI_USE_WCHAR32
#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_FILE_FUNCTIONS
#define IMGUI_DISABLE_DEFAULT_FONT
