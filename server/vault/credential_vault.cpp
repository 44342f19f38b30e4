#include "server/vault/credential_vault.h"

#include <algorithm>
#include <utility>

#include "server/crypto/sealing.h"
#include "server/vault/unreadable.h"
#include "shared/mask.h"

namespace ownkey::vault {
namespace {

constexpr std::size_t kMaxCredentials = 100;
constexpr std::string_view kKeyColumn = "sealed_key";
constexpr auto kUseIsWorthNoting = std::chrono::minutes(1);

crypto::ColumnPlace place_of(const base::UserId& user, const store::CredentialRow& row) {
  return {user.text(), name_of(row.provider), row.id.text(), kKeyColumn, row.generation};
}

CredentialInfo info_of(store::CredentialRow row) {
  CredentialInfo info{.id = std::move(row.id),
                      .generation = row.generation,
                      .provider = row.provider,
                      .label = std::move(row.label),
                      .masked_key = std::move(row.masked_key),
                      .is_active = row.is_active,
                      .base_url = std::move(row.base_url),
                      .created_at = row.created_at,
                      .updated_at = row.updated_at,
                      .last_used_at = row.last_used_at,
                      .last_verified_at = row.last_verified_at,
                      .verification = std::nullopt};
  if (row.verification)
    if (auto read = parse_as<api::Verification>(*row.verification, Unknown::Ignore))
      info.verification = std::move(*read);
  return info;
}

Error replaced() { return {ErrorKind::Conflict, "this key was replaced a moment ago; try again"}; }

Error no_such_key(Provider provider, std::string_view label) {
  return {ErrorKind::NotFound, "you have no " + std::string(provider_info(provider).name) + " key with the label '" +
                                   std::string(label) + "'; it may have been removed already"};
}

}  // namespace

Result<CredentialInfo> CredentialVault::save(const base::UserId& user, NewCredential credential,
                                             const base::Client& client) {
  auto store = users_.open(user);
  if (!store) return store.error();
  const auto make = [&](std::optional<store::CredentialRow> existing,
                        std::size_t count) -> Result<store::CredentialChange> {
    if (!existing && count >= kMaxCredentials)
      return Error{ErrorKind::LimitExceeded, "you have " + std::to_string(kMaxCredentials) +
                                                 " keys, which is the most; remove one that you do not need"};
    const auto key = sealing_key(user);
    if (!key) return key.error();
    const auto action = existing ? AuditAction::CredentialReplaced : AuditAction::CredentialSaved;
    auto row = existing ? std::move(*existing) : new_row(credential);
    row.masked_key = mask_key(credential.key.reveal());
    row.base_url = credential.base_url;
    row.is_active = credential.is_active;
    row.updated_at = clock_.now();
    row.last_verified_at.reset();
    row.verification.reset();
    ++row.generation;
    row.sealed_key = crypto::seal_column(key->key, key->version, place_of(user, row), credential.key, random_);
    return store::CredentialChange{std::move(row), note(action, credential.provider, credential.label, client)};
  };
  auto stored = (*store)->change_credential(credential.provider, credential.label, make);
  if (!stored) return stored.error();
  return info_of(std::move(*stored));  // readable: it was sealed just now
}

Result<std::vector<CredentialInfo>> CredentialVault::list(const base::UserId& user) {
  const auto versions = data_key_versions(user);
  if (!versions) return versions.error();
  auto store = users_.open(user);
  if (!store) return store.error();
  auto rows = (*store)->credentials();
  if (!rows) return rows.error();
  return described(user, std::move(*rows), *versions);
}

Result<std::optional<CredentialInfo>> CredentialVault::find(const base::UserId& user, Provider provider,
                                                            std::string_view label) {
  const auto versions = data_key_versions(user);
  if (!versions) return versions.error();
  auto store = users_.open(user);
  if (!store) return store.error();
  auto row = (*store)->find_credential(provider, label);
  if (!row) return row.error();
  if (!*row) return std::optional<CredentialInfo>();
  std::vector<store::CredentialRow> rows;
  rows.push_back(std::move(**row));
  auto infos = described(user, std::move(rows), *versions);
  if (!infos) return infos.error();
  return std::optional(std::move(infos->front()));
}

Result<Secret> CredentialVault::open(const base::UserId& user, const base::CredentialId& credential,
                                     std::optional<std::uint64_t> generation) {
  auto store = users_.open(user);
  if (!store) return store.error();
  for (std::optional<base::Sealed> before;;) {
    const auto row = (*store)->credential(credential);
    if (!row) return row.error();
    if (!*row) return Error{ErrorKind::NotFound, "this key was removed; choose another or add it again"};
    if (generation && (*row)->generation != *generation) return replaced();
    auto opened = open_row(user, **row);
    if (opened || opened.error().kind != ErrorKind::CredentialUnreadable) return opened;
    // Between our look at the row and the one at the data key, a rotation may have moved the value: then it has
    // changed.
    if (before == (*row)->sealed_key) {
      unreadable_.add(user, credential, (*row)->generation);
      return opened;
    }
    before = (*row)->sealed_key;
  }
}

Result<void> CredentialVault::remove(const base::UserId& user, Provider provider, std::string_view label,
                                     const base::Client& client) {
  auto store = users_.open(user);
  if (!store) return store.error();
  const auto removed =
      (*store)->remove_credential(provider, label, note(AuditAction::CredentialRemoved, provider, label, client));
  if (!removed) return removed.error();
  if (!*removed) return no_such_key(provider, label);
  return {};
}

Result<bool> CredentialVault::record_verification(const base::UserId& user, const CredentialInfo& credential,
                                                  const api::Verification& verification,
                                                  std::optional<ErrorKind> failure, const base::Client& client) {
  auto store = users_.open(user);
  if (!store) return store.error();
  auto told = note(AuditAction::CredentialVerified, credential.provider, credential.label, client);
  told.failure = failure;
  return (*store)->set_verification(credential.id, credential.generation, dump_json(to_json(verification)), told);
}

Result<void> CredentialVault::record_use(const base::UserId& user, const CredentialInfo& credential) {
  if (credential.last_used_at && clock_.now() - *credential.last_used_at < kUseIsWorthNoting) return {};
  auto store = users_.open(user);
  if (!store) return store.error();
  const auto recorded = (*store)->set_last_used(credential.id, credential.generation, clock_.now());
  if (!recorded) return recorded.error();
  return {};
}

store::CredentialRow CredentialVault::new_row(const NewCredential& credential) const {
  store::CredentialRow row;
  row.id = base::CredentialId(crypto::new_id(random_));
  row.provider = credential.provider;
  row.label = credential.label;
  row.created_at = clock_.now();
  return row;
}

store::AuditNote CredentialVault::note(AuditAction action, Provider provider, std::string_view label,
                                       const base::Client& client) const {
  return {action, std::string(name_of(provider)) + '/' + std::string(label), client, clock_.now()};
}

Result<CredentialVault::SealingKey> CredentialVault::sealing_key(const base::UserId& user) {
  const auto newest = accounts_.current_data_key(user);
  if (!newest) return newest.error();
  auto key = keys_.unwrap(*newest);
  if (key) return SealingKey{newest->version, std::move(*key)};
  if (!keys_.has(newest->master_key_id)) return key.error();
  // Its own master key does not unwrap it: it is damaged and opens nothing any more. Keys that are entered again need
  // another one.
  const auto fresh = keys_.new_data_key(user, newest->version + 1);
  if (auto added = accounts_.add_data_key(fresh, clock_.now()); !added) return added.error();
  key = keys_.unwrap(fresh);
  if (!key) return key.error();
  return SealingKey{fresh.version, std::move(*key)};
}

Result<Secret> CredentialVault::open_row(const base::UserId& user, const store::CredentialRow& row) {
  const auto version = crypto::key_id_of(row.sealed_key);
  if (!version) return unreadable("credential " + row.id.text() + ": not a sealed value");
  const auto key_row = accounts_.data_key(user, *version);
  if (!key_row) return key_row.error();
  if (!*key_row) return unreadable("user " + user.text() + " has no data key " + std::to_string(*version));
  const auto key = keys_.unwrap(**key_row);
  if (!key) return key.error();
  auto opened = crypto::open_column(*key, *version, place_of(user, row), row.sealed_key);
  if (!opened.value)
    return unreadable("credential " + row.id.text() + ": " + std::string(crypto::describe(opened.failure)));
  return std::move(*opened.value);
}

Result<CredentialVault::Versions> CredentialVault::data_key_versions(const base::UserId& user) {
  const auto rows = accounts_.data_keys(user);
  if (!rows) return rows.error();
  Versions versions;
  for (const auto& row : *rows) versions.insert(row.version);
  return versions;
}

Result<std::vector<CredentialInfo>> CredentialVault::described(const base::UserId& user,
                                                               std::vector<store::CredentialRow> rows,
                                                               Versions versions) {
  const auto has_data_key = [&](const store::CredentialRow& row) {
    const auto version = crypto::key_id_of(row.sealed_key);
    return version && versions.contains(*version);
  };
  // A rotation may have brought a newer data key since the versions were read.
  if (!std::ranges::all_of(rows, has_data_key)) {
    auto newer = data_key_versions(user);
    if (!newer) return newer.error();
    versions.merge(*newer);
  }
  std::vector<CredentialInfo> infos;
  infos.reserve(rows.size());
  for (auto& row : rows) {
    const bool readable = has_data_key(row) && !unreadable_.contains(user, row.id, row.generation);
    infos.push_back(info_of(std::move(row)));
    infos.back().health = readable ? api::Health::Readable : api::Health::NeedsReentry;
  }
  return infos;
}

}  // namespace ownkey::vault
