#include "server/vault/credential_vault.h"

#include <algorithm>
#include <utility>

#include "server/crypto/sealing.h"
#include "server/vault/credential_message.h"
#include "shared/json_text.h"
#include "shared/mask.h"

namespace ownkey::vault {
namespace {

constexpr std::size_t kMaxCredentials = 100;
constexpr std::string_view kPreviousKeyColumn = "previous_sealed_key";
constexpr auto kUseIsWorthNoting = std::chrono::minutes(1);

crypto::ColumnPlace place_of(const base::UserId& user, const store::CredentialRow& row, std::string_view column) {
  return {user.text(), name_of(row.provider), row.id.text(), column, row.generation};
}

bool is_over(const std::optional<store::PreviousKey>& previous, base::Time now) {
  return previous && previous->until <= now;
}

bool has_data_key(const store::CredentialRow& row, const std::set<std::uint32_t>& versions) {
  const auto version = crypto::key_id_of(row.sealed_key);
  return version && versions.contains(*version);
}

CredentialInfo info_of(store::CredentialRow row, base::Time now) {
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
  if (row.previous && !is_over(row.previous, now))
    info.previous = PreviousKey{std::move(row.previous->masked_key), row.previous->replaced_at, row.previous->until};
  return info;
}

std::string undo_time_text() { return std::to_string(kUndoTime.count()) + " minutes"; }

Error replaced() { return {ErrorKind::Conflict, "this key was replaced a moment ago; try again"}; }

}  // namespace

Error no_such_key(Provider provider, std::string_view label) {
  return {ErrorKind::NotFound, "you have no " + std::string(provider_info(provider).name) + " key with the label '" +
                                   std::string(label) + "'; it may have been removed already"};
}

Result<CredentialInfo> CredentialVault::save(const base::UserId& user, NewCredential credential,
                                             const base::Client& client) {
  auto store = users_.open(user);
  if (!store) return store.error();
  const auto make = [&](std::optional<store::CredentialRow> existing,
                        std::size_t count) -> Result<store::CredentialChange> {
    if (!existing && count >= kMaxCredentials)
      return Error{ErrorKind::LimitExceeded, "you have " + std::to_string(kMaxCredentials) +
                                                 " keys, which is the most; remove one that you do not need"};
    const auto action = existing ? AuditAction::CredentialReplaced : AuditAction::CredentialSaved;
    auto row = with_key(user, existing ? std::move(*existing) : new_row(credential), credential.key,
                        {mask_key(credential.key.reveal()), credential.is_active, credential.base_url});
    if (!row) return row.error();
    return store::CredentialChange{std::move(*row), note(action, credential.provider, credential.label, client)};
  };
  auto stored = (*store)->change_credential(credential.provider, credential.label, make);
  if (!stored) return stored.error();
  return info_of(std::move(*stored), clock_.now());  // readable: it was sealed just now
}

Result<CredentialInfo> CredentialVault::undo_replacing(const base::UserId& user, Provider provider,
                                                       std::string_view label, const base::Client& client) {
  auto store = users_.open(user);
  if (!store) return store.error();
  const auto make = [&](std::optional<store::CredentialRow> row, std::size_t) -> Result<store::CredentialChange> {
    if (!row) return no_such_key(provider, label);
    const auto key = open_previous(user, *row);
    if (!key) return key.error();
    auto& previous = *row->previous;
    KeyFacts facts{std::move(previous.masked_key), row->is_active && previous.is_active, std::move(previous.base_url),
                   previous.last_verified_at, std::move(previous.verification)};
    auto restored = with_key(user, std::move(*row), *key, std::move(facts));
    if (!restored) return restored.error();
    return store::CredentialChange{std::move(*restored),
                                   note(AuditAction::CredentialRestored, provider, label, client)};
  };
  auto stored = (*store)->change_credential(provider, label, make);
  if (!stored) return stored.error();
  return info_of(std::move(*stored), clock_.now());
}

Result<CredentialInfo> CredentialVault::edit(const base::UserId& user, Provider provider, std::string_view label,
                                             const store::CredentialEdit& edit, const base::Client& client) {
  const auto versions = data_key_versions(user);
  if (!versions) return versions.error();
  auto store = users_.open(user);
  if (!store) return store.error();
  auto told = note(AuditAction::CredentialChanged, provider, label, client);
  if (edit.label && *edit.label != label) told.subject += " to " + *edit.label;
  auto row = (*store)->edit_credential(provider, label, edit, told);
  if (!row) return row.error();
  if (!*row) return no_such_key(provider, label);
  return described_one(user, std::move(**row), *versions);
}

Result<std::vector<CredentialInfo>> CredentialVault::list(const base::UserId& user) {
  const auto seen = look_at_keys(user);
  if (!seen) return seen.error();
  const auto now = clock_.now();
  std::vector<CredentialInfo> infos;
  infos.reserve(seen->rows->size());
  for (const auto& row : *seen->rows) infos.push_back(described(user, row, seen->data_keys, now));
  return infos;
}

Result<std::string> CredentialVault::list_text(const base::UserId& user) {
  auto seen = look_at_keys(user);
  if (!seen) return seen.error();
  const auto now = clock_.now();
  if (auto known = known_lists_.find(user, *seen, now)) return std::move(*known);
  auto holds_until = base::Time::max();
  std::vector<api::Credential> messages;
  messages.reserve(seen->rows->size());
  for (const auto& row : *seen->rows) {
    if (row.previous) holds_until = std::min(holds_until, row.previous->until);
    messages.push_back(message_of(described(user, row, seen->data_keys, now)));
  }
  auto text = json_text(messages);
  known_lists_.keep(user, std::move(*seen), holds_until, text);
  return text;
}

Result<KnownLists::Source> CredentialVault::look_at_keys(const base::UserId& user) {
  const auto found_unreadable = unreadable_.additions();
  auto versions = data_key_versions(user);
  if (!versions) return versions.error();
  auto rows = users_.read(user, [](store::UserView& view) { return view.credentials(); });
  if (!rows) return rows.error();
  // Of a file that came from a backup without the note that would have it erased. The next list tries again.
  const auto is_overdue = [now = clock_.now()](const auto& row) { return is_over(row.previous, now); };
  if (std::ranges::any_of(**rows, is_overdue)) (void)erase_due(user);
  if (auto added = add_newer(user, **rows, *versions); !added) return added.error();
  return KnownLists::Source{std::move(*rows), std::move(*versions), found_unreadable};
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
  auto info = described_one(user, std::move(**row), *versions);
  if (!info) return info.error();
  return std::optional(std::move(*info));
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
    auto opened = sealer_.open(place_of(user, **row, kKeyColumn), (*row)->sealed_key);
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
  if (auto noted = accounts_.add_key_erasure(user, clock_.now()); !noted) return noted;
  const auto removed =
      (*store)->remove_credential(provider, label, note(AuditAction::CredentialRemoved, provider, label, client));
  if (!removed) return removed.error();
  (void)erase_due(user);  // otherwise the next round does it
  if (!*removed) return no_such_key(provider, label);
  return {};
}

Result<void> CredentialVault::erase_replaced_keys() {
  const auto due = accounts_.due_key_erasures(clock_.now());
  if (!due) return due.error();
  Result<void> result;
  for (const auto& user : *due)
    if (auto erased = erase_due(user); !erased) result = std::move(erased);
  return result;
}

Result<void> CredentialVault::erase_due(const base::UserId& user) {
  const auto now = clock_.now();
  auto store = users_.open(user);
  if (!store) return store.error();
  if (auto erased = (*store)->erase_previous_keys(now); !erased) return erased;
  return accounts_.remove_key_erasures(user, now);
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

Result<store::CredentialRow> CredentialVault::with_key(const base::UserId& user, store::CredentialRow row,
                                                       const Secret& key, KeyFacts facts) {
  auto previous = previous_of(user, row);
  if (!previous) return previous.error();
  row.previous = std::move(*previous);
  row.masked_key = std::move(facts.masked_key);
  row.is_active = facts.is_active;
  row.base_url = std::move(facts.base_url);
  row.last_verified_at = facts.last_verified_at;
  row.verification = std::move(facts.verification);
  row.updated_at = clock_.now();
  ++row.generation;
  auto sealed = sealer_.seal(place_of(user, row, kKeyColumn), key);
  if (!sealed) return sealed.error();
  row.sealed_key = std::move(*sealed);
  return row;
}

Result<std::optional<store::PreviousKey>> CredentialVault::previous_of(const base::UserId& user,
                                                                       const store::CredentialRow& row) {
  if (row.generation == 0) return std::optional<store::PreviousKey>();  // a new row
  const auto key = sealer_.open(place_of(user, row, kKeyColumn), row.sealed_key);
  if (!key && key.error().kind == ErrorKind::CredentialUnreadable) return std::optional<store::PreviousKey>();
  if (!key) return key.error();
  const auto now = clock_.now();
  if (auto noted = accounts_.add_key_erasure(user, now + kUndoTime); !noted) return noted.error();
  auto place = place_of(user, row, kPreviousKeyColumn);
  ++place.generation;  // of the key that is coming
  auto sealed = sealer_.seal(place, *key);
  if (!sealed) return sealed.error();
  return std::optional(store::PreviousKey{.masked_key = row.masked_key,
                                          .sealed_key = std::move(*sealed),
                                          .is_active = row.is_active,
                                          .base_url = row.base_url,
                                          .last_verified_at = row.last_verified_at,
                                          .verification = row.verification,
                                          .replaced_at = now,
                                          .until = now + kUndoTime});
}

Result<Secret> CredentialVault::open_previous(const base::UserId& user, const store::CredentialRow& row) {
  if (!row.previous)
    return Error{ErrorKind::Conflict, "there is no earlier key to bring back: this one did not replace any, or the " +
                                          undo_time_text() + " are over"};
  if (is_over(row.previous, clock_.now()))
    return Error{ErrorKind::Conflict,
                 "the " + undo_time_text() + " in which the earlier key could be brought back are over"};
  auto key = sealer_.open(place_of(user, row, kPreviousKeyColumn), row.previous->sealed_key);
  if (!key && key.error().kind == ErrorKind::CredentialUnreadable)
    return Error{ErrorKind::CredentialUnreadable, "the earlier key cannot be read any more, so the present one stays",
                 key.error().log_text};
  return key;
}

Result<CredentialVault::Versions> CredentialVault::data_key_versions(const base::UserId& user) {
  const auto rows = accounts_.data_keys(user);
  if (!rows) return rows.error();
  Versions versions;
  for (const auto& row : *rows) versions.insert(row.version);
  return versions;
}

// A rotation may have brought a newer data key since the versions were read.
Result<void> CredentialVault::add_newer(const base::UserId& user, std::span<const store::CredentialRow> rows,
                                        Versions& versions) {
  if (std::ranges::all_of(rows, [&](const auto& row) { return has_data_key(row, versions); })) return {};
  auto newer = data_key_versions(user);
  if (!newer) return newer.error();
  versions.merge(*newer);
  return {};
}

CredentialInfo CredentialVault::described(const base::UserId& user, store::CredentialRow row, const Versions& versions,
                                          base::Time now) const {
  const bool readable = has_data_key(row, versions) && !unreadable_.contains(user, row.id, row.generation);
  auto info = info_of(std::move(row), now);
  info.health = readable ? api::Health::Readable : api::Health::NeedsReentry;
  return info;
}

Result<CredentialInfo> CredentialVault::described_one(const base::UserId& user, store::CredentialRow row,
                                                      Versions versions) {
  if (auto added = add_newer(user, {&row, 1}, versions); !added) return added.error();
  return described(user, std::move(row), versions, clock_.now());
}

}  // namespace ownkey::vault
