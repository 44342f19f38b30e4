// The mirror: what the page means, as a flat list of elements in document order, beside the picture that ImGui paints.
//
// The browser turns each node into a real, transparent element lying exactly over its picture. The elements own focus,
// clicks, links and text entry, and are what assistive technology, password managers and browser tests see.
// A node never holds what a person typed: the text of a field travels by Platform::set_text alone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "web/platform/attributes.h"
#include "web/platform/font.h"
#include "web/platform/geometry.h"

namespace ownkey::platform {

// The hash of a widget's stable name; the same number is its ImGui id.
using NodeId = std::uint32_t;
inline constexpr NodeId kNoNode = 0;

struct MirrorNode {
  std::string_view tag;  // "button", "h1"; a literal
  NodeId id = kNoNode;
  NodeId parent = kNoNode;
  Rect rect = {};  // empty for containers: they lie in the normal flow and take no room
  Font font = {};
  float line_height = 0;
  float inset_x = 0, inset_y = 0;  // from the corner of the rect to the text, where that is not in the middle
  std::string text = {};           // lines end where the picture's lines end
  Attributes attributes = {};
};

}  // namespace ownkey::platform
