#include "web/platform/mirror_hash.h"

#include "web/platform/hash.h"

namespace ownkey::platform {

std::uint64_t hash_of(const std::vector<MirrorNode>& nodes) {
  Hash hash;
  for (const auto& node : nodes) {
    const NodeId ids[]{node.id, node.parent, static_cast<NodeId>(node.font.weight), node.font.mono};
    const float places[]{node.rect.x,    node.rect.y,      node.rect.width, node.rect.height,
                         node.font.size, node.line_height, node.inset_x,    node.inset_y};
    hash.add(ids, sizeof ids);
    hash.add(places, sizeof places);
    for (const std::string_view text :
         {node.tag, std::string_view(node.text), std::string_view(node.attributes.text())})
      hash.add(text);
  }
  return hash.value();
}

}  // namespace ownkey::platform
