// ImGui insists on a font. Ours has room for every letter and ink for none: web/ui/text_painter draws the text.
// It stands where ImGui expects FreeType (see config.h), so that no font reader is linked.
#include <imgui.h>
#include <imgui_internal.h>
#include <misc/freetype/imgui_freetype.h>

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

const ImFontLoader* ImGuiFreeType::GetFontLoader() {
  static const ImFontLoader kLoader = blank_loader();
  return &kLoader;
}
