#include "server/crypto/random.h"

#include <botan/system_rng.h>

#include <array>

namespace ownkey::crypto {

void SystemRandom::fill(std::span<std::uint8_t> bytes) { Botan::system_rng().randomize(bytes); }

std::string new_id(Random& random) {
  // RFC 4648 §6 base32, in lower case and without padding.
  constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyz234567";
  std::array<std::uint8_t, 16> bytes{};
  random.fill(bytes);
  std::string id;
  std::uint32_t pending = 0;
  int bits = 0;
  for (const auto byte : bytes) {
    pending = (pending << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) id += kAlphabet[(pending >> (bits - 5)) & 31];
  }
  if (bits > 0) id += kAlphabet[(pending << (5 - bits)) & 31];
  return id;
}

Key new_key(Random& random) {
  Key key;
  random.fill(key.fill());
  return key;
}

}  // namespace ownkey::crypto
