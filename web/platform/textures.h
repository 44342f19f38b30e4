// What a platform does with ImGui's texture requests while it has nothing to draw on: says yes, so that ImGui goes on.
#pragma once

struct ImDrawData;

namespace ownkey::platform {

void settle_textures(ImDrawData& picture);

// Asks ImGui to hand over all textures again: those of a lost context are gone.
void forget_textures();

}  // namespace ownkey::platform
