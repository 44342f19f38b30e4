#include "server/vault/credential_vault.h"

#include <utility>

#include "server/crypto/sealing.h"
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
                      .provider = row.provider,
                      .label = std::move(row.label),
                      .masked_key = std::move(row.masked_key),
                      .is_active = row.is_active,
                      .base_url = std::move(row.base_url),
                      .created_at = row.created_at,
                      .updated_at = row.updated_at,
                      .last_used_at = row.last_used_at,
                      .last_verified_at = row.last_verified_at,
                      .verification = std::nullopt,
                      .health = crypto::key_id_of(row.sealed_key) ? api::Health::Readable : api::Health::NeedsReentry};
  if (row.verification)
    if (auto read = parse_as<api::Verification>(*row.verification, Unknown::Ignore)) info.verification = std::move(*read);
  return info;
}

Error unreadable(std::string log_text) {
  return {ErrorKind::CredentialUnreadable, "this key cannot be read any more; enter it again in Settings",
          std::move(log_text)};
}

Error no_such_key(Provider provider, std::string_view label) {
  return {ErrorKind::NotFound, "you have no " + std::string(provider_info(provider).name) + " key with the label '" +
                                   std::string(label) + "'; it may have been removed already"};
}

}  // namespace

Result<CredentialInfo> CredentialVault::save(const base::UserId& user, NewCredential credential) {
  auto store = users_.open(user);
  if (!store) return store.error();
  const auto key_row = accounts_.current_data_key(user);
  if (!key_row) return key_row.error();
  const auto data_key = keys_.unwrap(*key_row);
  if (!data_key) return data_key.error();
  auto existing = (*store)->find_credential(credential.provider, credential.label);
  if (!existing) return existing.error();

  store::CredentialRow row;
  if (*existing) {
    row = std::move(**existing);
  } else {
    const auto all = (*store)->credentials();
    if (!all) return all.error();
    if (all->size() >= kMaxCredentials)
      return Error{ErrorKind::LimitExceeded, "you have " + std::to_string(kMaxCredentials) +
                                                 " keys, which is the most; remove one that you do not need"};
    row.id = base::CredentialId(crypto::new_id(random_));
    row.provider = credential.provider;
    row.label = std::move(credential.label);
    row.created_at = clock_.now();
  }
  row.masked_key = mask_key(credential.key.reveal());
  row.base_url = std::move(credential.base_url);
  row.is_active = true;
  row.updated_at = clock_.now();
  row.last_verified_at.reset();
  row.verification.reset();
  ++row.generation;
  row.sealed_key = crypto::seal_column(*data_key, key_row->version, place_of(user, row), credential.key, random_);
  if (auto stored = (*store)->put_credential(row); !stored) return stored.error();
  return info_of(std::move(row));
}

Result<std::vector<CredentialInfo>> CredentialVault::list(const base::UserId& user) {
  auto store = users_.open(user);
  if (!store) return store.error();
  auto rows = (*store)->credentials();
  if (!rows) return rows.error();
  std::vector<CredentialInfo> list;
  list.reserve(rows->size());
  for (auto& row : *rows) list.push_back(info_of(std::move(row)));
  return list;
}

Result<std::optional<CredentialInfo>> CredentialVault::find(const base::UserId& user, Provider provider,
                                                            std::string_view label) {
  auto store = users_.open(user);
  if (!store) return store.error();
  auto row = (*store)->find_credential(provider, label);
  if (!row) return row.error();
  if (!*row) return std::optional<CredentialInfo>();
  return std::optional(info_of(std::move(**row)));
}

Result<Secret> CredentialVault::open(const base::UserId& user, const base::CredentialId& credential) {
  auto store = users_.open(user);
  if (!store) return store.error();
  const auto row = (*store)->credential(credential);
  if (!row) return row.error();
  if (!*row) return Error{ErrorKind::NotFound, "this key was removed; choose another or add it again"};
  const auto version = crypto::key_id_of((*row)->sealed_key);
  if (!version) return unreadable("credential " + credential.text() + ": not a sealed value");
  const auto key = data_key(user, *version);
  if (!key) return key.error();
  auto opened = crypto::open_column(*key, *version, place_of(user, **row), (*row)->sealed_key);
  if (!opened.value)
    return unreadable("credential " + credential.text() + ": " + std::string(crypto::describe(opened.failure)));
  return std::move(*opened.value);
}

Result<void> CredentialVault::remove(const base::UserId& user, Provider provider, std::string_view label) {
  auto store = users_.open(user);
  if (!store) return store.error();
  const auto removed = (*store)->remove_credential(provider, label);
  if (!removed) return removed.error();
  if (!*removed) return no_such_key(provider, label);
  return {};
}

Result<void> CredentialVault::record_verification(const base::UserId& user, const base::CredentialId& credential,
                                                  const api::Verification& verification) {
  auto store = users_.open(user);
  if (!store) return store.error();
  return (*store)->set_verification(credential, dump_json(to_json(verification)), clock_.now());
}

Result<void> CredentialVault::record_use(const base::UserId& user, const CredentialInfo& credential) {
  if (credential.last_used_at && clock_.now() - *credential.last_used_at < kUseIsWorthNoting) return {};
  auto store = users_.open(user);
  if (!store) return store.error();
  return (*store)->set_last_used(credential.id, clock_.now());
}

Result<crypto::Key> CredentialVault::data_key(const base::UserId& user, std::uint32_t version) {
  const auto row = accounts_.data_key(user, version);
  if (!row) return row.error();
  if (!*row) return unreadable("user " + user.text() + " has no data key " + std::to_string(version));
  return keys_.unwrap(**row);
}

}  // namespace ownkey::vault
