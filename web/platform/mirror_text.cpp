#include "web/platform/mirror_text.h"

#include <cmath>
#include <string_view>

namespace ownkey::platform {
namespace {

constexpr char kRecordEnd = '\x1e';
constexpr char kFieldEnd = '\x1f';
constexpr char kAttributeEnd = '\x1c';
constexpr char kNameEnd = '\x1d';

void add(std::string& out, std::string_view field) {
  // A control character in a text (an answer of a model may hold one) must not end the field.
  for (const char c : field) out += c >= kAttributeEnd && c <= kFieldEnd ? ' ' : c;
  out += kFieldEnd;
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
  out += kFieldEnd;
}

void add(std::string& out, NodeId id) {
  out += std::to_string(id);
  out += kFieldEnd;
}

void add_attributes(std::string& out, const MirrorNode& node) {
  for (const auto& [name, value] : node.attributes) {
    out += name;
    out += kNameEnd;
    for (const char c : value) out += c >= kAttributeEnd && c <= kFieldEnd ? ' ' : c;
    out += kAttributeEnd;
  }
}

}  // namespace

std::string mirror_text(const std::vector<MirrorNode>& nodes) {
  std::string out;
  out.reserve(nodes.size() * 128);
  for (const auto& node : nodes) {
    add(out, node.tag);
    add(out, node.id);
    add(out, node.parent);
    for (const float number : {node.rect.x, node.rect.y, node.rect.width, node.rect.height, node.font.size}) add(out, number);
    add(out, static_cast<NodeId>(node.font.weight));
    add(out, node.font.mono ? "1" : "");
    for (const float number : {node.line_height, node.inset_x, node.inset_y}) add(out, number);
    add(out, node.text);
    add_attributes(out, node);
    out += kRecordEnd;
  }
  return out;
}

}  // namespace ownkey::platform
