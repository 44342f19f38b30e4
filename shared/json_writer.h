// The writer behind dump_json: compact, in the order of the value. Our own for the same reason as the reader.
#pragma once

#include <string>
#include <string_view>

#include "shared/json.h"

namespace ownkey {

void write_json(const json& value, std::string& into);
// A text in quotes; bytes that are not UTF-8 are replaced.
void write_json_text(std::string_view text, std::string& into);

}  // namespace ownkey
