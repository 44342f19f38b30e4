// ImGui insists on a font. Ours has room for every letter and ink for none: TextPainter draws the text.
#pragma once

struct ImFontAtlas;

namespace ownkey::ui {

void use_blank_font(ImFontAtlas& atlas);

}  // namespace ownkey::ui
