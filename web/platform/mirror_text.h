// The mirror as one text, so that it crosses to the browser in a single call and equal frames are found by comparison.
#pragma once

#include <string>
#include <vector>

#include "web/platform/mirror_node.h"

namespace ownkey::platform {

// Records end in RS; the fields of a record in US; attributes in FS, each name and value split by GS (ASCII C0 names).
// Fields: tag, id, parent, x, y, width, height, font size, weight, mono, line height, inset x, inset y, text, attributes.
std::string mirror_text(const std::vector<MirrorNode>& nodes);

}  // namespace ownkey::platform
