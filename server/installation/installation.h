// Installation: a data folder, opened with the master keys that fit it, and made when there is none: for `serve` and
// `import-fernet`. What other commands begin with is commands/existing_data.h.
//
// Owns what it gives out. Safe from several threads once opened. Opening refuses a wrong or missing master key before a
// byte of the data is changed.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "server/base/clock.h"
#include "server/base/log.h"
#include "server/config/config.h"
#include "server/crypto/random.h"
#include "server/store/account_store.h"
#include "server/store/user_stores.h"
#include "server/vault/credential_vault.h"
#include "server/vault/key_ring.h"
#include "server/vault/master_key_source.h"
#include "shared/result.h"

namespace ownkey {

// The file that lists everybody who has data here.
std::filesystem::path accounts_file(const config::Config& config);

// Takes what the configuration says about master keys out of it.
vault::MasterKeyOptions master_key_options(config::Config& config);

class Installation {
 public:
  // Takes the master keys out of the configuration. Makes the folder, the key file and the databases on the first
  // start.
  static Result<std::unique_ptr<Installation>> open(config::Config& config, base::Log& log);

  const base::Clock& clock() const { return clock_; }
  crypto::Random& random() { return random_; }
  store::AccountStore& accounts() { return *accounts_; }
  store::UserStores& users() { return users_; }
  const vault::KeyRing& keys() const { return *keys_; }
  vault::CredentialVault& vault() { return *vault_; }

 private:
  Installation(std::unique_ptr<store::AccountStore> accounts, const std::filesystem::path& folder);

  base::SystemClock clock_;
  crypto::SystemRandom random_;
  std::unique_ptr<store::AccountStore> accounts_;
  store::UserStores users_;
  // Set before open() returns; they hold on to what stands above them.
  std::optional<vault::KeyRing> keys_;
  std::optional<vault::CredentialVault> vault_;
};

}  // namespace ownkey
