// OpenData: the data of a server, opened beside it as another process does.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "server/base/clock.h"
#include "server/crypto/digest.h"
#include "server/crypto/random.h"
#include "server/store/account_store.h"
#include "server/store/user_stores.h"
#include "server/vault/credential_vault.h"
#include "server/vault/key_ring.h"
#include "tests/support/vault_fixture.h"

namespace ownkey::crash {

struct OpenData {
  // `master_keys` as OWNKEY_KEYS has them. Throws when it does not open.
  OpenData(const std::filesystem::path& folder, const std::string& master_keys)
      : accounts(test::value_of(store::open_account_store(folder / "accounts.db"))),
        users(folder, 16, crypto::sha256_text),
        keys(test::value_of(vault::KeyRing::open(
            *accounts, test::value_of(crypto::MasterKeys::parse(Secret(master_keys))), random, clock))) {}

  base::SystemClock clock;
  crypto::SystemRandom random;
  std::unique_ptr<store::AccountStore> accounts;
  store::UserStores users;
  vault::KeyRing keys;
  vault::CredentialVault vault{*accounts, users, keys, random, clock};
};

}  // namespace ownkey::crash
