// How Dear ImGui is built for Ownkey: without what a page never shows, and without fonts, since the platform draws
// text.
#pragma once

#define IMGUI_USE_WCHAR32
#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_FILE_FUNCTIONS
#define IMGUI_DISABLE_DEFAULT_FONT
#define IMGUI_DISABLE_TTY_FUNCTIONS

// Without ImGui's report of the mistake in a tooltip of its own.
#define IM_ASSERT_USER_ERROR(condition, text) IM_ASSERT((condition) && text)

// The one kind of window that there is: see trim.cmake.
#define OWNKEY_IMGUI_WINDOW                                                                           \
  (ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoSavedSettings | \
   ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoMove)

// Keeps ImGui's own font reader out of the program: it asks for FreeType's loader instead, which blank_font.cpp
// supplies.
#define IMGUI_ENABLE_FREETYPE
