// Hashes and what is built on them: SHA-256 (FIPS 180-4), HMAC (RFC 2104), HKDF (RFC 5869). Pure functions, but for
// Sha256.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "server/base/bytes.h"
#include "server/crypto/key.h"

namespace ownkey::crypto {

using Digest = std::array<std::uint8_t, 32>;

Digest sha256(base::ByteView bytes);
// In hexadecimal.
std::string sha256_text(base::ByteView bytes);

// SHA-256 of bytes that come in pieces. For one thread.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void update(base::ByteView bytes);
  // Of everything so far; begins anew.
  Digest finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

Digest hmac_sha256(const Key& key, base::ByteView message);

// One key of its own for one purpose: no two purposes ever share key material.
// `purpose` is the info field of HKDF-SHA-256, such as "ownkey/v1/wrap-dek".
Key derive_key(base::ByteView master, base::ByteView salt, std::string_view purpose);
inline Key derive_key(const Key& master, base::ByteView salt, std::string_view purpose) {
  return derive_key(master.reveal(), salt, purpose);
}

// Takes the same time wherever the two differ (their lengths are no secret).
bool equal_in_constant_time(base::ByteView a, base::ByteView b);

}  // namespace ownkey::crypto
