// The mirror as one text, so that it crosses to the browser in a single call and equal frames are found by comparison.
// Records end in RS, the fields of a record in US, attributes in FS; GS parts an attribute's name from its value (these
// are the ASCII names of the characters). The fields are: tag, id, parent, x, y, width, height, font size, weight,
// mono, line height, inset x, inset y, text, attributes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/platform/mirror_node.h"

namespace ownkey::platform {

namespace mark {
inline constexpr char kAttributeEnd = '\x1c';
inline constexpr char kNameEnd = '\x1d';
inline constexpr char kRecordEnd = '\x1e';
inline constexpr char kFieldEnd = '\x1f';
}  // namespace mark

// Appends a text from outside (an answer of a model may hold anything) without any of the marks.
void append_clean(std::string& out, std::string_view text);

std::string mirror_text(const std::vector<MirrorNode>& nodes);

}  // namespace ownkey::platform
