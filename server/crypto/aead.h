// AES-256-GCM (NIST SP 800-38D): encryption that notices any change. Pure functions over bytes; safe from several
// threads.
#pragma once

#include <cstdint>
#include <optional>

#include "server/base/bytes.h"
#include "server/crypto/key.h"
#include "shared/secret.h"

namespace ownkey::crypto {

inline constexpr std::size_t kNonceSize = 12;
inline constexpr std::size_t kTagSize = 16;

// Ciphertext followed by the 16-byte tag. One key must never see the same nonce twice.
base::Bytes encrypt_aes256_gcm(const Key& key, base::ByteView nonce, base::ByteView associated_data,
                               base::ByteView plaintext);

// Nothing when the tag does not fit: a wrong key, a changed byte, other associated data and a cut text all look alike.
std::optional<Secret> decrypt_aes256_gcm(const Key& key, base::ByteView nonce, base::ByteView associated_data,
                                         base::ByteView ciphertext_and_tag);

}  // namespace ownkey::crypto
