// Whether the mirror is as it was a frame ago: most frames change only the picture, and to format the nodes takes long.
#pragma once

#include <cstdint>
#include <vector>

#include "web/platform/mirror_node.h"

namespace ownkey::platform {

std::uint64_t hash_of(const std::vector<MirrorNode>& nodes);

}  // namespace ownkey::platform
