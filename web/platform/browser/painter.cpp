#include "web/platform/browser/painter.h"

#include <imgui.h>

#include <utility>

#include "web/platform/browser/bridge.h"
#include "web/platform/hash.h"
#include "web/platform/textures.h"

namespace ownkey::platform {
namespace {

int id_of(const ImTextureData& texture) { return static_cast<int>(texture.TexID); }

void send_updates(const ImTextureData& texture) {
  for (const ImTextureRect& r : texture.Updates)
    ownkey_js_update_texture(id_of(texture), texture.Width, texture.Pixels, r.x, r.y, r.w, r.h);
}

std::uint64_t hash_of(const ImDrawData& picture) {
  Hash hash;
  for (const ImDrawList* list : picture.CmdLists) {
    hash.add(list->VtxBuffer.Data, static_cast<std::size_t>(list->VtxBuffer.size_in_bytes()));
    hash.add(list->IdxBuffer.Data, static_cast<std::size_t>(list->IdxBuffer.size_in_bytes()));
    for (const ImDrawCmd& command : list->CmdBuffer) hash.add(&command.ClipRect, sizeof command.ClipRect);
  }
  return hash.value();
}

}  // namespace

bool Painter::update_textures(ImDrawData& picture) {
  bool changed = false;
  for (ImTextureData* texture : *picture.Textures) {
    changed |= texture->Status != ImTextureStatus_OK;
    switch (texture->Status) {
      case ImTextureStatus_WantCreate:
        texture->SetTexID(static_cast<ImTextureID>(++last_texture_));
        ownkey_js_create_texture(last_texture_, texture->Width, texture->Height, texture->Pixels);
        texture->SetStatus(ImTextureStatus_OK);
        break;
      case ImTextureStatus_WantUpdates:
        send_updates(*texture);
        texture->SetStatus(ImTextureStatus_OK);
        break;
      case ImTextureStatus_WantDestroy:
        if (texture->UnusedFrames == 0) break;  // the picture at hand may still show it
        ownkey_js_delete_texture(id_of(*texture));
        texture->SetTexID(ImTextureID_Invalid);
        texture->SetStatus(ImTextureStatus_Destroyed);
        break;
      default: break;
    }
  }
  return changed;
}

void Painter::paint(ImDrawData& picture) {
  if (!ownkey_js_has_canvas()) return settle_textures(picture);
  const bool changed = update_textures(picture) || ownkey_js_is_cleared();
  const std::uint64_t hash = hash_of(picture);
  if (std::exchange(shown_, hash) == hash && !changed) return;
  ownkey_js_begin_picture();
  for (const ImDrawList* list : picture.CmdLists) {
    ownkey_js_load_list(list->VtxBuffer.Data, static_cast<std::size_t>(list->VtxBuffer.size_in_bytes()),
                        list->IdxBuffer.Data, static_cast<std::size_t>(list->IdxBuffer.size_in_bytes()));
    for (const ImDrawCmd& command : list->CmdBuffer) {
      const ImVec4& clip = command.ClipRect;
      if (command.ElemCount == 0 || clip.z <= clip.x || clip.w <= clip.y) continue;
      ownkey_js_draw(static_cast<int>(command.GetTexID()), command.ElemCount, command.IdxOffset * sizeof(ImDrawIdx),
                     command.VtxOffset * sizeof(ImDrawVert), clip.x, clip.y, clip.z, clip.w);
    }
  }
}

}  // namespace ownkey::platform
