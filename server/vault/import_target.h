// ImportTarget: where imported accounts and keys go: into this installation, or nowhere for a dry run.
//
// For one thread. Borrows everything it is given, which must outlive it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "server/base/clock.h"
#include "server/base/ids.h"
#include "server/crypto/random.h"
#include "server/store/account_store.h"
#include "server/store/folder_view.h"
#include "server/store/user_stores.h"
#include "server/vault/credential_vault.h"
#include "server/vault/key_ring.h"
#include "shared/result.h"

namespace ownkey::vault {

struct NewAccount {
  std::string email;  // normalised
  std::string full_name;
  std::string password_hash;
};

class ImportTarget {
 public:
  virtual ~ImportTarget() = default;

  virtual Result<std::optional<base::UserId>> find_account(std::string_view email) = 0;
  virtual Result<base::UserId> add_account(NewAccount account) = 0;
  virtual Result<bool> has_key(const base::UserId& user, Provider provider) = 0;
  virtual Result<void> add_key(const base::UserId& user, NewCredential credential) = 0;
};

class InstallationTarget final : public ImportTarget {
 public:
  InstallationTarget(store::AccountStore& accounts, store::UserStores& users, CredentialVault& vault,
                     const KeyRing& keys, crypto::Random& random, const base::Clock& clock)
      : accounts_(accounts), users_(users), vault_(vault), keys_(keys), random_(random), clock_(clock) {}

  Result<std::optional<base::UserId>> find_account(std::string_view email) override;
  Result<base::UserId> add_account(NewAccount account) override;
  Result<bool> has_key(const base::UserId& user, Provider provider) override;
  Result<void> add_key(const base::UserId& user, NewCredential credential) override;

 private:
  store::AccountStore& accounts_;
  store::UserStores& users_;
  CredentialVault& vault_;
  const KeyRing& keys_;
  crypto::Random& random_;
  const base::Clock& clock_;
};

// Answers as the installation would, and writes nothing.
class DryTarget final : public ImportTarget {
 public:
  explicit DryTarget(std::filesystem::path folder) : view_(std::move(folder)) {}

  Result<std::optional<base::UserId>> find_account(std::string_view email) override;
  Result<base::UserId> add_account(NewAccount account) override;
  Result<bool> has_key(const base::UserId& user, Provider provider) override;
  Result<void> add_key(const base::UserId& user, NewCredential credential) override;

 private:
  store::FolderView view_;
  int added_ = 0;
};

}  // namespace ownkey::vault
