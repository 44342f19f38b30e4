// KeyResolver: whose key a call runs on, and by which rule. Safe from several threads.
//
// The user's own key comes first. A system key is used only where the operator allows it and the user has no key of
// that provider at all: never because their key failed, is switched off or does not open. One own key stands in for
// another only where the user said so.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "server/base/ids.h"
#include "server/store/user_stores.h"
#include "server/vault/credential_vault.h"
#include "shared/api/runs.h"
#include "shared/provider.h"
#include "shared/result.h"
#include "shared/secret.h"

namespace ownkey::llm {

// The operator's keys, by provider; empty when none may be used.
using SystemKeys = std::map<Provider, Secret>;

// A key that was chosen and not opened yet.
struct ChosenKey {
  api::KeyReceipt receipt;
  // The user's credential; nothing for a system key.
  std::optional<vault::CredentialInfo> credential;

  std::optional<std::string> base_url() const { return credential ? credential->base_url : std::nullopt; }
};

class KeyResolver {
 public:
  // Vault and stores must outlive this.
  KeyResolver(vault::CredentialVault& vault, store::UserStores& users, SystemKeys system_keys)
      : vault_(vault), users_(users), system_keys_(std::move(system_keys)) {}

  // The key to use; a labelled one when a label is given. Errors: no_credential, credential_inactive.
  Result<ChosenKey> choose(const base::UserId& user, Provider provider, const std::optional<std::string>& label);

  // That key and those that stand in for it, in the order in which they are tried; never empty. More than one
  // only when no label is given and the user switched failover on. Errors as above.
  Result<std::vector<ChosenKey>> choose_in_order(const base::UserId& user, Provider provider,
                                                 const std::optional<std::string>& label);

  // All keys that this user's calls could run on: the active ones, and the operator's for providers of which the user
  // has none. None is not an error.
  Result<std::vector<ChosenKey>> usable(const base::UserId& user, std::optional<Provider> provider);

  // Whether all usable() ones are of this provider; quicker than to look at them.
  Result<bool> are_all_of(const base::UserId& user, Provider provider);

  // The key that was chosen and no other: conflict when it was replaced since, so that a key never goes to the base URL
  // of the one before it. credential_unreadable when it does not open.
  Result<Secret> open(const base::UserId& user, const ChosenKey& chosen);

 private:
  Result<ChosenKey> choose_labelled(const base::UserId& user, Provider provider, const std::string& label);

  ChosenKey system_key(Provider provider) const;

  vault::CredentialVault& vault_;
  store::UserStores& users_;
  const SystemKeys system_keys_;
};

}  // namespace ownkey::llm
