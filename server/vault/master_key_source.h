// Where the master keys come from at start: the environment, a file that the operator names, or DATA/master.key, which
// is made on the very first start and never again.
#pragma once

#include <filesystem>
#include <optional>

#include "server/crypto/master_keys.h"
#include "server/crypto/random.h"
#include "shared/result.h"
#include "shared/secret.h"

namespace ownkey::vault {

struct MasterKeyOptions {
  Secret encryption_key;                           // one bare key
  Secret keys;                                     // a list of keys
  std::optional<std::filesystem::path> keys_file;  // either of them in a file
  std::filesystem::path own_file;                  // DATA/master.key
  bool has_database = false;                       // then no new key is ever made
};

struct LoadedMasterKeys {
  crypto::MasterKeys keys;
  bool made_now = false;  // own_file was written just now: tell the operator to back it up
};

// The text of a file that holds keys. Refused when others than its owner can read it.
Result<Secret> read_key_file(const std::filesystem::path& path);

// A key file that others can read is refused, as is a missing one next to existing data.
Result<LoadedMasterKeys> load_master_keys(const MasterKeyOptions& options, crypto::Random& random);

}  // namespace ownkey::vault
