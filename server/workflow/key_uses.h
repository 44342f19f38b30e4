// KeyUses: which of a person's workflows run on one of their keys; what they want to know before they remove it.
// Safe from several threads. Borrows everything it is given, which must outlive it.
#pragma once

#include <string_view>
#include <vector>

#include "server/base/ids.h"
#include "server/llm/llm_service.h"
#include "server/store/user_stores.h"
#include "server/vault/credential_vault.h"
#include "shared/api/credentials.h"
#include "shared/provider.h"
#include "shared/result.h"

namespace ownkey::workflow {

class KeyUses {
 public:
  KeyUses(store::UserStores& users, vault::CredentialVault& vault, llm::LlmService& llm)
      : users_(users), vault_(vault), llm_(llm) {}

  // Newest change first. NotFound when this user has no such key.
  Result<std::vector<api::CredentialUse>> of(const base::UserId& user, Provider provider, std::string_view label);

 private:
  store::UserStores& users_;
  vault::CredentialVault& vault_;
  llm::LlmService& llm_;
};

}  // namespace ownkey::workflow
