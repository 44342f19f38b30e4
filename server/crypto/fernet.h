// Fernet tokens, version 0x80 (github.com/fernet/spec): how the Python original keeps API keys. Read only; nothing of
// ours is written in this format.
//
//   0x80 | seconds since 1970 u64 | IV[16] | AES-128-CBC of the message, PKCS #7 | HMAC-SHA-256[32]     (as padded
//   base64url)
//
// Pure functions; safe from several threads.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "server/crypto/key.h"
#include "shared/secret.h"

namespace ownkey::crypto {

enum class FernetFailure { Malformed, UnknownVersion, NotAuthentic, Expired, FromTheFuture, BadPadding };
std::string_view describe(FernetFailure failure);

struct OpenedToken {
  std::optional<Secret> value;
  FernetFailure failure = FernetFailure::Malformed;  // only when there is no value
};

// For tokens that are good for a time only. A stored key is not one of them.
struct TokenLifetime {
  std::chrono::seconds longest;
  std::chrono::sys_seconds now;
};

// The first half of the key signs, the second encrypts. Nothing is decrypted before the signature has proved right.
OpenedToken open_fernet(const Key& key, std::string_view token, const std::optional<TokenLifetime>& lifetime = {});

}  // namespace ownkey::crypto
