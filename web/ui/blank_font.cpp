#include "web/ui/blank_font.h"

#include <imgui.h>
#include <imgui_internal.h>

namespace ownkey::ui {
namespace {

bool accept_source(ImFontAtlas*, ImFontConfig*) { return true; }
bool has_glyph(ImFontAtlas*, ImFontConfig*, ImWchar) { return true; }
bool accept_size(ImFontAtlas*, ImFontConfig*, ImFontBaked*, void*) { return true; }

bool load_glyph(ImFontAtlas*, ImFontConfig*, ImFontBaked* baked, void*, ImWchar code_point, ImFontGlyph* glyph,
                float* advance) {
  if (advance) {
    *advance = baked->Size / 2;
    return true;
  }
  glyph->Codepoint = code_point & 0x3FFFFFF;  // the width of that bit field
  glyph->AdvanceX = baked->Size / 2;
  return true;
}

ImFontLoader blank_loader() {
  ImFontLoader loader;
  loader.Name = "blank";
  loader.FontSrcInit = accept_source;
  loader.FontSrcContainsGlyph = has_glyph;
  loader.FontBakedInit = accept_size;
  loader.FontBakedLoadGlyph = load_glyph;
  return loader;
}

}  // namespace

void use_blank_font(ImFontAtlas& atlas) {
  static const ImFontLoader kLoader = blank_loader();  // ImGui keeps its address
  ImFontConfig config;
  config.FontLoader = &kLoader;
  config.SizePixels = 16;
  atlas.AddFont(&config);
}

}  // namespace ownkey::ui
