// A vault whose master keys change: k1 is the one it began with, k2 and k3 are others.
#pragma once

#include <string>
#include <utility>

#include "server/crypto/encoding.h"
#include "server/store/key_facts.h"
#include "tests/support/vault_fixture.h"

namespace ownkey::test {

// The same blob, whose head names another key (docs/sealed-format.md).
inline base::Sealed with_key_id(const base::Sealed& sealed, std::uint8_t key_id) {
  constexpr std::size_t kLastByteOfKeyId = 6;
  auto bytes = sealed.bytes();
  bytes.at(kLastByteOfKeyId) = key_id;
  return base::Sealed(std::move(bytes));
}

struct RotationFixture : VaultFixture {
  const std::string k1 = named("k1", crypto::encode_key(*master_keys.find(1)));
  const std::string k2 = named("k2", crypto::generate_master_key(random));
  const std::string k3 = named("k3", crypto::generate_master_key(random));

  static std::string named(const std::string& id, const Secret& key) { return id + ":" + std::string(key.reveal()); }

  static crypto::MasterKeys parsed(const std::string& list) {
    return value_of(crypto::MasterKeys::parse(Secret(list)));
  }

  // What a server does at its start with these keys.
  vault::KeyRing start_with(const std::string& list) {
    const auto given = parsed(list);
    if (auto fits = vault::check_master_keys(facts(), given); !fits) throw std::runtime_error(fits.error().public_text);
    return value_of(vault::KeyRing::open(*accounts, given, random, clock));
  }

  store::KeyFacts facts() { return *value_of(store::read_key_facts(folder / "accounts.db")); }
};

}  // namespace ownkey::test
