#include "shared/mask.h"

#include <vector>

namespace ownkey {

std::string mask_key(std::string_view key) {
  std::vector<std::size_t> starts;  // byte offset of each code point
  for (std::size_t i = 0; i < key.size(); ++i)
    if ((static_cast<unsigned char>(key[i]) & 0xC0) != 0x80) starts.push_back(i);
  if (starts.size() < 12) return "***";
  return std::string(key.substr(0, starts[3])) + "..." + std::string(key.substr(starts[starts.size() - 4]));
}

}  // namespace ownkey
