// A whole vault with users, in a temporary folder.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "server/crypto/master_keys.h"
#include "server/crypto/random.h"
#include "server/vault/credential_vault.h"
#include "server/vault/key_ring.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temp_folder.h"

namespace ownkey::test {

class TestVault {
 public:
  TestVault()
      : accounts_(must(store::open_account_store(folder_ / "accounts.db"))),
        users_(folder_.path(), 8),
        ring_(must(vault::KeyRing::open(
            *accounts_, must(crypto::MasterKeys::parse(crypto::generate_master_key(random_))), random_, clock_))),
        vault_(*accounts_, users_, ring_, random_, clock_) {}

  vault::CredentialVault& vault() { return vault_; }
  FakeClock& clock() { return clock_; }

  base::UserId add_user() {
    const base::UserId user(crypto::new_id(random_));
    const store::UserRow row{user, user.text() + "@example.com", "", "", clock_.now()};
    must(accounts_->create_user(row, ring_.new_data_key(user), store::AccountStore::Who::Anyone));
    return user;
  }

  vault::CredentialInfo save(const base::UserId& user, Provider provider, std::string_view key,
                             std::string_view label = vault::kDefaultLabel, std::optional<std::string> base_url = {}) {
    return must(vault_.save(user, {provider, std::string(label), std::move(base_url), Secret(key)}));
  }

  void switch_off(const base::UserId& user, Provider provider, std::string_view label = vault::kDefaultLabel) {
    change(user, provider, label, [](store::CredentialRow& row) { row.is_active = false; });
  }

  // The stored key does not open any more.
  void damage(const base::UserId& user, Provider provider, std::string_view label = vault::kDefaultLabel) {
    change(user, provider, label, [](store::CredentialRow& row) {
      auto bytes = row.sealed_key.bytes();
      bytes.back() ^= 1;
      row.sealed_key = base::Sealed(std::move(bytes));
    });
  }

 private:
  template <class T>
  static T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().public_text + " / " + result.error().log_text);
    if constexpr (!std::is_void_v<T>) return std::move(*result);
  }

  template <class Change>
  void change(const base::UserId& user, Provider provider, std::string_view label, const Change& change_row) {
    const auto store = must(users_.open(user));
    auto row = must(store->find_credential(provider, label));
    change_row(row.value());
    must(store->put_credential(*row));
  }

  TempFolder folder_;
  FakeClock clock_;
  crypto::SystemRandom random_;
  std::unique_ptr<store::AccountStore> accounts_;
  store::UserStores users_;
  vault::KeyRing ring_;
  vault::CredentialVault vault_;
};

}  // namespace ownkey::test
