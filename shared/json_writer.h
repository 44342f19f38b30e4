// The writer behind dump_json: compact, in the order of the value. Our own for the same reason as the reader.
#pragma once

#include <string>

#include "shared/json.h"

namespace ownkey {

void write_json(const json& value, std::string& into);

}  // namespace ownkey
