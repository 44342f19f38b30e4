#include "server/crypto/aead.h"

#include <botan/aead.h>
#include <botan/exceptn.h>

namespace ownkey::crypto {
namespace {

// To make a cipher by its name costs half as much as to use it, so each thread keeps one of each direction. It knows
// the key only while this lives.
class Cipher {
 public:
  Cipher(Botan::Cipher_Dir direction, const Key& key, base::ByteView nonce, base::ByteView associated_data)
      : mode_(of_this_thread(direction)) {
    mode_.set_key(key.reveal());
    mode_.set_associated_data(associated_data);
    mode_.start(nonce);
  }
  ~Cipher() { mode_.clear(); }
  Cipher(const Cipher&) = delete;
  Cipher& operator=(const Cipher&) = delete;

  void finish(Botan::secure_vector<std::uint8_t>& buffer) { mode_.finish(buffer); }

 private:
  static Botan::AEAD_Mode& of_this_thread(Botan::Cipher_Dir direction) {
    const auto make = [](Botan::Cipher_Dir of) { return Botan::AEAD_Mode::create_or_throw("AES-256/GCM(16)", of); };
    thread_local const auto encrypting = make(Botan::Cipher_Dir::Encryption);
    thread_local const auto decrypting = make(Botan::Cipher_Dir::Decryption);
    return direction == Botan::Cipher_Dir::Encryption ? *encrypting : *decrypting;
  }

  Botan::AEAD_Mode& mode_;
};

}  // namespace

base::Bytes encrypt_aes256_gcm(const Key& key, base::ByteView nonce, base::ByteView associated_data,
                               base::ByteView plaintext) {
  Botan::secure_vector<std::uint8_t> buffer(plaintext.begin(), plaintext.end());
  Cipher(Botan::Cipher_Dir::Encryption, key, nonce, associated_data).finish(buffer);
  return {buffer.begin(), buffer.end()};
}

std::optional<Secret> decrypt_aes256_gcm(const Key& key, base::ByteView nonce, base::ByteView associated_data,
                                         base::ByteView ciphertext_and_tag) {
  if (nonce.size() != kNonceSize || ciphertext_and_tag.size() < kTagSize) return std::nullopt;
  Botan::secure_vector<std::uint8_t> buffer(ciphertext_and_tag.begin(), ciphertext_and_tag.end());
  try {
    Cipher(Botan::Cipher_Dir::Decryption, key, nonce, associated_data).finish(buffer);
  } catch (const Botan::Invalid_Authentication_Tag&) {
    return std::nullopt;
  }
  return Secret(base::text_of(buffer));
}

}  // namespace ownkey::crypto
