#include "web/platform/mirror_text.h"

#include <cmath>
#include <string_view>

namespace ownkey::platform {
namespace {

void add(std::string& out, std::string_view field) {
  append_clean(out, field);
  out += mark::kFieldEnd;
}

// In steps of 1/64 px, the layout unit of browsers.
void add(std::string& out, float number) {
  const long steps = std::lround(number * 64);
  out += std::to_string(steps / 64);
  if (const long rest = std::abs(steps % 64)) {
    const std::string digits = std::to_string(1'000'000 + rest * 15'625);
    if (steps < 0 && steps > -64) out.insert(out.size() - 1, 1, '-');
    out += '.';
    out += std::string_view(digits).substr(1);
  }
  out += mark::kFieldEnd;
}

void add(std::string& out, NodeId id) {
  out += std::to_string(id);
  out += mark::kFieldEnd;
}

}  // namespace

void append_clean(std::string& out, std::string_view text) {
  for (const char c : text) out += c == '\0' || (c >= mark::kAttributeEnd && c <= mark::kFieldEnd) ? ' ' : c;
}

std::string mirror_text(const std::vector<MirrorNode>& nodes) {
  std::string out;
  out.reserve(nodes.size() * 128);
  for (const auto& node : nodes) {
    add(out, node.tag);
    add(out, node.id);
    add(out, node.parent);
    for (const float number : {node.rect.x, node.rect.y, node.rect.width, node.rect.height, node.font.size})
      add(out, number);
    add(out, static_cast<NodeId>(node.font.weight));
    add(out, node.font.mono ? "1" : "");
    for (const float number : {node.line_height, node.inset_x, node.inset_y}) add(out, number);
    add(out, node.text);
    out += node.attributes.text();
    out += mark::kRecordEnd;
  }
  return out;
}

}  // namespace ownkey::platform
