// Bytes as text and back (RFC 4648).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/base/bytes.h"
#include "server/crypto/key.h"
#include "shared/secret.h"

namespace ownkey::crypto {

std::string hex(base::ByteView bytes);
std::string base64(base::ByteView bytes);

// The url- and file-name-safe alphabet, without padding.
std::string base64url(base::ByteView bytes);

// Standard or url-safe alphabet, with or without padding; nothing when it is neither.
std::optional<base::Bytes> decode_base64(std::string_view text);

// A 32-byte key from base64 text; nothing when it is not one. Leaves no copy behind.
std::optional<Key> decode_key(std::string_view text);

// The key in url-safe base64 with padding: the shape of a Fernet key.
Secret encode_key(const Key& key);

}  // namespace ownkey::crypto
