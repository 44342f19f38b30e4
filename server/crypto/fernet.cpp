#include "server/crypto/fernet.h"

#include <botan/cipher_mode.h>
#include <botan/exceptn.h>
#include <botan/secmem.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <tuple>

#include "server/base/bytes.h"
#include "server/crypto/digest.h"
#include "server/crypto/encoding.h"

namespace ownkey::crypto {
namespace {

constexpr std::uint8_t kVersion = 0x80;
constexpr std::size_t kHalfKey = Key::kSize / 2;
constexpr std::size_t kTimeSize = 8;
constexpr std::size_t kBlockSize = 16;
constexpr std::size_t kHeadSize = 1 + kTimeSize + kBlockSize;
constexpr std::size_t kMacSize = std::tuple_size_v<Digest>;
constexpr std::uint64_t kClockSkew = 60;  // seconds; what the specification calls acceptable

// Only the one spelling that a writer gives: url-safe, padded, no stray bit at the end.
std::optional<base::Bytes> decode_token(std::string_view token) {
  auto bytes = decode_base64(token);
  if (!bytes) return std::nullopt;
  auto spelling = base64url(*bytes);
  while (spelling.size() % 4 != 0) spelling += '=';
  if (spelling != token) return std::nullopt;
  return bytes;
}

bool is_authentic(const Key& key, base::ByteView signed_part, base::ByteView mac) {
  // HMAC fills a short key up with zeros (RFC 2104 §2), so the half key and zeros are the same key.
  Key signing_key;
  std::ranges::copy(key.reveal().first(kHalfKey), signing_key.fill().begin());
  return equal_in_constant_time(hmac_sha256(signing_key, signed_part), mac);
}

std::optional<FernetFailure> check_time(base::ByteView time, const TokenLifetime& lifetime) {
  std::uint64_t made_at = 0;
  for (const auto byte : time) made_at = made_at << 8 | byte;
  const auto now = static_cast<std::uint64_t>(lifetime.now.time_since_epoch().count());
  if (made_at > now) {
    if (made_at - now > kClockSkew) return FernetFailure::FromTheFuture;
  } else if (now - made_at > static_cast<std::uint64_t>(lifetime.longest.count())) {
    return FernetFailure::Expired;
  }
  return std::nullopt;
}

OpenedToken decrypt(const Key& key, base::ByteView iv, base::ByteView ciphertext) {
  if (ciphertext.empty() || ciphertext.size() % kBlockSize != 0) return {};
  Botan::secure_vector<std::uint8_t> buffer(ciphertext.begin(), ciphertext.end());
  const auto mode = Botan::Cipher_Mode::create_or_throw("AES-128/CBC/PKCS7", Botan::Cipher_Dir::Decryption);
  mode->set_key(key.reveal().last(kHalfKey));
  mode->start(iv);
  try {
    mode->finish(buffer);
  } catch (const Botan::Decoding_Error&) {
    return {std::nullopt, FernetFailure::BadPadding};
  }
  return {Secret(base::text_of(buffer))};
}

}  // namespace

std::string_view describe(FernetFailure failure) {
  switch (failure) {
    case FernetFailure::Malformed: return "not a Fernet token";
    case FernetFailure::UnknownVersion: return "a Fernet version that is not known here";
    case FernetFailure::NotAuthentic: return "encrypted with another key, or changed since";
    case FernetFailure::Expired: return "too old";
    case FernetFailure::FromTheFuture: return "made in the future";
    case FernetFailure::BadPadding: return "wrongly padded";
  }
  return {};
}

OpenedToken open_fernet(const Key& key, std::string_view token, const std::optional<TokenLifetime>& lifetime) {
  const auto bytes = decode_token(token);
  if (!bytes || bytes->empty()) return {};
  const base::ByteView view(*bytes);
  if (view.front() != kVersion) return {std::nullopt, FernetFailure::UnknownVersion};
  if (view.size() < kHeadSize + kMacSize) return {};
  const auto signed_part = view.first(view.size() - kMacSize);
  if (!is_authentic(key, signed_part, view.last(kMacSize))) return {std::nullopt, FernetFailure::NotAuthentic};
  if (lifetime)
    if (const auto failure = check_time(view.subspan(1, kTimeSize), *lifetime)) return {std::nullopt, *failure};
  return decrypt(key, view.subspan(1 + kTimeSize, kBlockSize), signed_part.subspan(kHeadSize));
}

}  // namespace ownkey::crypto
