// ExistingData: a data folder that is there already, and the master keys that were given for it, read without changing
// a byte. What commands about keys begin with: other than the server, they must not make anything, and some must work
// although a key is wrong.
#pragma once

#include <filesystem>
#include <memory>

#include "server/config/config.h"
#include "server/crypto/master_keys.h"
#include "server/crypto/random.h"
#include "server/store/account_store.h"
#include "server/store/key_facts.h"
#include "server/vault/key_ring.h"
#include "shared/result.h"

namespace ownkey::commands {

struct ExistingData {
  std::filesystem::path folder;
  std::filesystem::path accounts_file;
  store::KeyFacts facts;
  crypto::MasterKeys keys;
};

// What to say when there is none.
Error no_data(const config::Config& config);

// The accounts of data that is there; no key is needed.
enum class Access { ReadOnly, Writing };
Result<std::unique_ptr<store::AccountStore>> open_existing_accounts(const config::Config& config, Access access);

// Takes the master keys out of the configuration. Says so when there is no data.
Result<ExistingData> read_existing_data(config::Config& config, crypto::Random& random);

// The data opened for writing, with the keys that were proven to fit.
struct WritableData {
  std::unique_ptr<store::AccountStore> accounts;
  vault::KeyRing keys;
};

// Conflict, too, when no server has started with the first of the keys yet: one that runs could not read what it seals.
Result<WritableData> open_for_writing(const ExistingData& data, crypto::Random& random);

}  // namespace ownkey::commands
