// What the accounts database says about master keys, read without changing a byte of it: needed before the server may
// decide to start at all.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "server/store/account_store.h"

namespace ownkey::store {

struct KeyFacts {
  Instance instance;
  std::vector<MasterKeyCheck> checks;
  std::vector<AccountStore::KeyUse> uses;
};

// Nothing when there is no database yet, or one whose first start did not get as far as an instance.
Result<std::optional<KeyFacts>> read_key_facts(const std::filesystem::path& accounts_file);

}  // namespace ownkey::store
