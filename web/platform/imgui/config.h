// How Dear ImGui is built for Ownkey: without what a page never shows, and without fonts, since the platform draws
// text.
#pragma once

#define IMGUI_USE_WCHAR32
#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_FILE_FUNCTIONS
#define IMGUI_DISABLE_DEFAULT_FONT

// Keeps ImGui's own font reader out of the program: it asks for FreeType's loader instead, which blank_font.cpp
// supplies.
#define IMGUI_ENABLE_FREETYPE
