// The only form in which a stored key is ever shown.
#pragma once

#include <string>
#include <string_view>

namespace ownkey {

// First 3 and last 4 characters ("sk-...X8d2"); "***" for keys shorter than 12, of which that would tell too much.
// Characters are Unicode code points, so a key with other letters in it never yields broken UTF-8.
std::string mask_key(std::string_view key);

}  // namespace ownkey
