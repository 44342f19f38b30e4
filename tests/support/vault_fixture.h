// A whole vault over a temporary folder, with real cryptography and real databases.
#pragma once

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "server/base/client.h"
#include "server/base/log.h"
#include "server/crypto/digest.h"
#include "server/crypto/master_keys.h"
#include "server/store/account_store.h"
#include "server/store/late_writes.h"
#include "server/store/user_stores.h"
#include "server/vault/credential_vault.h"
#include "server/vault/key_ring.h"
#include "tests/support/credential_rows.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temp_folder.h"

namespace ownkey::test {

template <class T>
T value_of(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().public_text + " / " + result.error().log_text);
  return std::move(*result);
}

inline const base::Client kClient{"127.0.0.1", "test"};

struct VaultFixture {
  TempFolder folder;
  FakeClock clock;
  crypto::SystemRandom random;
  crypto::MasterKeys master_keys = value_of(crypto::MasterKeys::parse(crypto::generate_master_key(random)));
  std::unique_ptr<store::AccountStore> accounts = value_of(store::open_account_store(folder / "accounts.db"));
  store::UserStores users{folder.path(), 16, crypto::sha256_text, accounts.get()};
  base::Log quiet = base::Log::to([](std::string_view) {}, base::Log::Format::Json);
  base::SystemClock real_time;
  store::LateWrites late{users, real_time, quiet, {.count = 5}};
  vault::KeyRing keys = value_of(vault::KeyRing::open(*accounts, master_keys, random, clock));
  vault::CredentialVault vault{*accounts, users, keys, random, clock};

  base::UserId add_user(const std::string& name = {}) {
    const base::UserId user(crypto::new_id(random));
    const auto email = (name.empty() ? user.text() : name) + "@example.com";
    const store::UserRow row{user, email, name, "$none$", clock.now()};
    if (!accounts->create_user(row, keys.new_data_key(user), store::AccountStore::Who::Anyone))
      throw std::runtime_error("no user");
    return user;
  }

  vault::CredentialInfo save(const base::UserId& user, Provider provider, std::string_view key,
                             std::string label = std::string(vault::kDefaultLabel),
                             std::optional<std::string> base_url = {}) {
    return value_of(vault.save(user, {provider, std::move(label), std::move(base_url), Secret(key)}, kClient));
  }

  void switch_off(const base::UserId& user, Provider provider) {
    change(user, provider, [](store::CredentialRow& row) { row.is_active = false; });
  }

  // The stored key does not open any more.
  void damage(const base::UserId& user, Provider provider) {
    change(user, provider, [](store::CredentialRow& row) { damage(row.sealed_key); });
  }
  void damage_previous(const base::UserId& user, Provider provider) {
    change(user, provider, [](store::CredentialRow& row) { damage(row.previous.value().sealed_key); });
  }

 private:
  static void damage(base::Sealed& sealed) {
    auto bytes = sealed.bytes();
    bytes.back() ^= 1;
    sealed = base::Sealed(std::move(bytes));
  }

  template <class Change>
  void change(const base::UserId& user, Provider provider, const Change& change_row) {
    const auto store = value_of(users.open(user));
    auto row = value_of(store->find_credential(provider, vault::kDefaultLabel));
    change_row(row.value());
    if (!put_row(*store, *row)) throw std::runtime_error("the row was not stored");
  }
};

}  // namespace ownkey::test
