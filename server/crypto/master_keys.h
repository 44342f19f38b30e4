// MasterKeys: the operator's keys, from which all others hang. The first is the primary and encrypts; the others
// decrypt. Immutable once made; safe from several threads. Never stored by us beside the data: losing them loses every
// secret.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "server/crypto/digest.h"
#include "server/crypto/key.h"
#include "server/crypto/random.h"
#include "shared/result.h"

namespace ownkey::crypto {

using MasterKeyId = std::uint32_t;  // 1 is written "k1"

std::string key_name(MasterKeyId id);

class MasterKeys {
 public:
  // "k2:<base64>,k1:<base64>", or one bare key, which gets the id k1. White space and line breaks round entries are
  // fine. Refused: not 32 bytes, all bytes equal, the key that our documentation shows, an id given twice.
  static Result<MasterKeys> parse(const Secret& text);

  MasterKeyId primary() const { return ids_.front(); }
  const std::vector<MasterKeyId>& ids() const { return ids_; }
  // Nothing when we have no such key; there is no fallback to another.
  const Key* find(MasterKeyId id) const;

 private:
  std::vector<MasterKeyId> ids_;
  std::map<MasterKeyId, Key> keys_;
};

// A fresh master key as text, for `ownkey keygen` and the first start.
Secret generate_master_key(Random& random);

// The key that documentation and examples show; the server refuses to run on it.
std::string_view documented_example_key();

}  // namespace ownkey::crypto
