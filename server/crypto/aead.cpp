#include "server/crypto/aead.h"

#include <botan/aead.h>
#include <botan/exceptn.h>

namespace ownkey::crypto {
namespace {

std::unique_ptr<Botan::AEAD_Mode> cipher(Botan::Cipher_Dir direction, const Key& key, base::ByteView nonce,
                                         base::ByteView associated_data) {
  auto mode = Botan::AEAD_Mode::create_or_throw("AES-256/GCM(16)", direction);
  mode->set_key(key.reveal());
  mode->set_associated_data(associated_data);
  mode->start(nonce);
  return mode;
}

}  // namespace

base::Bytes encrypt_aes256_gcm(const Key& key, base::ByteView nonce, base::ByteView associated_data,
                               base::ByteView plaintext) {
  Botan::secure_vector<std::uint8_t> buffer(plaintext.begin(), plaintext.end());
  cipher(Botan::Cipher_Dir::Encryption, key, nonce, associated_data)->finish(buffer);
  return {buffer.begin(), buffer.end()};
}

std::optional<Secret> decrypt_aes256_gcm(const Key& key, base::ByteView nonce, base::ByteView associated_data,
                                         base::ByteView ciphertext_and_tag) {
  if (nonce.size() != kNonceSize || ciphertext_and_tag.size() < kTagSize) return std::nullopt;
  Botan::secure_vector<std::uint8_t> buffer(ciphertext_and_tag.begin(), ciphertext_and_tag.end());
  try {
    cipher(Botan::Cipher_Dir::Decryption, key, nonce, associated_data)->finish(buffer);
  } catch (const Botan::Invalid_Authentication_Tag&) {
    return std::nullopt;
  }
  return Secret(base::text_of(buffer));
}

}  // namespace ownkey::crypto
