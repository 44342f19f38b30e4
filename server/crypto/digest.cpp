#include "server/crypto/digest.h"

#include <botan/hash.h>
#include <botan/kdf.h>
#include <botan/mac.h>
#include <botan/mem_ops.h>

#include "server/crypto/encoding.h"

namespace ownkey::crypto {

struct Sha256::Impl {
  std::unique_ptr<Botan::HashFunction> hash = Botan::HashFunction::create_or_throw("SHA-256");
};

Sha256::Sha256() : impl_(std::make_unique<Impl>()) {}
Sha256::~Sha256() = default;

void Sha256::update(base::ByteView bytes) { impl_->hash->update(bytes); }

Digest Sha256::finish() {
  Digest digest;
  impl_->hash->final(digest);
  return digest;
}

Digest sha256(base::ByteView bytes) {
  Sha256 hash;
  hash.update(bytes);
  return hash.finish();
}

std::string sha256_text(base::ByteView bytes) { return hex(sha256(bytes)); }

Digest hmac_sha256(const Key& key, base::ByteView message) {
  Digest digest;
  const auto mac = Botan::MessageAuthenticationCode::create_or_throw("HMAC(SHA-256)");
  mac->set_key(key.reveal());
  mac->update(message);
  mac->final(digest);
  return digest;
}

Key derive_key(base::ByteView master, base::ByteView salt, std::string_view purpose) {
  Key derived;
  Botan::KDF::create_or_throw("HKDF(SHA-256)")->derive_key(derived.fill(), master, salt, base::bytes_of(purpose));
  return derived;
}

bool equal_in_constant_time(base::ByteView a, base::ByteView b) {
  return a.size() == b.size() && Botan::constant_time_compare(a, b);
}

}  // namespace ownkey::crypto
