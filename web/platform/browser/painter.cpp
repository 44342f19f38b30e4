#include "web/platform/browser/painter.h"

#include <imgui.h>

#include <cstring>
#include <utility>

#include "web/platform/browser/bridge.h"
#include "web/platform/textures.h"

namespace ownkey::platform {
namespace {

int id_of(const ImTextureData& texture) { return static_cast<int>(texture.TexID); }

void send_updates(const ImTextureData& texture) {
  for (const ImTextureRect& r : texture.Updates)
    ownkey_js_update_texture(id_of(texture), texture.Width, texture.Pixels, r.x, r.y, r.w, r.h);
}

class Hash {
 public:
  void add(const void* data, std::size_t size) {
    const char* at = static_cast<const char*>(data);
    std::uint64_t word;
    for (; size >= sizeof word; at += sizeof word, size -= sizeof word) {
      std::memcpy(&word, at, sizeof word);
      mix(word);
    }
    word = size;
    std::memcpy(&word, at, size);
    mix(word);
  }
  std::uint64_t value() const { return value_; }

 private:
  void mix(std::uint64_t word) {
    value_ = (value_ ^ word) * 0x9E3779B97F4A7C15u;
    value_ ^= value_ >> 32;
  }

  std::uint64_t value_ = 0;
};

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
