#include "server/vault/key_ring.h"

#include <algorithm>
#include <utility>

#include "server/crypto/digest.h"
#include "server/vault/unreadable.h"

namespace ownkey::vault {
namespace {

constexpr std::string_view kCheckPurpose = "ownkey/v1/kcv";
constexpr std::string_view kWrapPurpose = "ownkey/v1/wrap-dek";
constexpr std::size_t kSaltSize = 32;

// Proof that a master key is the one that was used here, without being of any use for finding it.
crypto::Digest check_value(const crypto::Key& master, const store::Instance& instance) {
  return crypto::hmac_sha256(crypto::derive_key(master, instance.salt, kCheckPurpose), base::bytes_of(instance.id));
}

Result<store::Instance> make_instance(store::AccountStore& accounts, crypto::Random& random, const base::Clock& clock) {
  store::Instance instance{crypto::new_id(random), base::Bytes(kSaltSize)};
  random.fill(instance.salt);
  if (auto created = accounts.create_instance(instance, clock.now()); !created) return created.error();
  return instance;
}

}  // namespace

KeyFit fit_of(const store::KeyFacts& facts, crypto::MasterKeyId id, const crypto::Key& key) {
  const auto check = std::ranges::find(facts.checks, id, &store::MasterKeyCheck::master_key_id);
  if (check == facts.checks.end()) return KeyFit::New;
  const bool fits = crypto::equal_in_constant_time(check_value(key, facts.instance), check->check_value);
  return fits ? KeyFit::Fits : KeyFit::Wrong;
}

Result<void> check_master_keys(const store::KeyFacts& facts, const crypto::MasterKeys& keys) {
  for (const auto& check : facts.checks) {
    const auto* key = keys.find(check.master_key_id);
    if (key && fit_of(facts, check.master_key_id, *key) == KeyFit::Wrong)
      return Error{ErrorKind::Internal,
                   "master key " + crypto::key_name(check.master_key_id) +
                       " is not the one that this data was encrypted with; give the right key for " +
                       crypto::key_name(check.master_key_id) + " (nothing was changed)"};
  }
  for (const auto& use : facts.uses) {
    if (!keys.find(use.master_key_id))
      return Error{ErrorKind::Internal, "master key " + crypto::key_name(use.master_key_id) + " is missing, but " +
                                            std::to_string(use.data_keys) +
                                            " data keys need it; add it to OWNKEY_KEYS (nothing was changed)"};
  }
  // Data from before the first user still names the key it was begun with; a stranger's key must not take its place.
  const bool any_known =
      std::ranges::any_of(facts.checks, [&](const auto& check) { return keys.find(check.master_key_id) != nullptr; });
  if (!facts.checks.empty() && !any_known)
    return Error{ErrorKind::Internal, "none of the master keys belongs to this data; it was begun with " +
                                          crypto::key_name(facts.checks.front().master_key_id) +
                                          " (nothing was changed)"};
  return {};
}

Result<KeyRing> KeyRing::open(store::AccountStore& accounts, const crypto::MasterKeys& keys, crypto::Random& random,
                              const base::Clock& clock) {
  auto found = accounts.instance();
  if (!found) return found.error();
  auto instance = *found ? Result<store::Instance>(std::move(**found)) : make_instance(accounts, random, clock);
  if (!instance) return instance.error();
  const auto checks = accounts.master_key_checks();
  if (!checks) return checks.error();

  KeyRing ring(random, keys.primary());
  for (const auto id : keys.ids()) {
    const auto& key = *keys.find(id);
    if (std::ranges::find(*checks, id, &store::MasterKeyCheck::master_key_id) == checks->end()) {
      const auto value = check_value(key, *instance);
      auto added = accounts.add_master_key_check({id, {value.begin(), value.end()}}, clock.now());
      if (!added) return added.error();
    }
    ring.wrapping_keys_.emplace(id, crypto::derive_key(key, instance->salt, kWrapPurpose));
  }
  return ring;
}

KeyRing KeyRing::of_fitting(const store::KeyFacts& facts, const crypto::MasterKeys& keys, crypto::Random& random) {
  KeyRing ring(random, keys.primary());
  for (const auto id : keys.ids()) {
    const auto& key = *keys.find(id);
    if (fit_of(facts, id, key) != KeyFit::Wrong)
      ring.wrapping_keys_.emplace(id, crypto::derive_key(key, facts.instance.salt, kWrapPurpose));
  }
  return ring;
}

base::Sealed KeyRing::wrap(const base::UserId& user, std::uint32_t version, const crypto::Key& data_key) const {
  return crypto::wrap_data_key(wrapping_keys_.at(primary_), primary_, {user.text(), version}, data_key, *random_);
}

store::DataKeyRow KeyRing::new_data_key(const base::UserId& user, std::uint32_t version) const {
  return {user, version, primary_, wrap(user, version, crypto::new_key(*random_))};
}

Result<store::AccountStore::Rewrapped> KeyRing::rewrap(store::DataKeyRow row) const {
  const auto data_key = unwrap(row);
  if (!data_key) return data_key.error();
  auto wrapped = wrap(row.user, row.version, *data_key);
  return store::AccountStore::Rewrapped{std::move(row), primary_, std::move(wrapped)};
}

Result<crypto::Key> KeyRing::unwrap(const store::DataKeyRow& row) const {
  const auto wrapping_key = wrapping_keys_.find(row.master_key_id);
  if (wrapping_key == wrapping_keys_.end())
    return unreadable("data key " + std::to_string(row.version) + " of user " + row.user.text() + " needs master key " +
                      crypto::key_name(row.master_key_id));
  auto opened =
      crypto::unwrap_data_key(wrapping_key->second, row.master_key_id, {row.user.text(), row.version}, row.wrapped);
  if (!opened.value)
    return unreadable("data key " + std::to_string(row.version) + " of user " + row.user.text() + ": " +
                      std::string(crypto::describe(opened.failure)));
  return std::move(*opened.value);
}

}  // namespace ownkey::vault
