#include "server/accounts/administration.h"

#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "server/accounts/password_rules.h"
#include "server/crypto/password_hash.h"
#include "shared/validation.h"

namespace ownkey::accounts {

Secret new_password(crypto::Random& random) {
  constexpr std::size_t kGroup = 5, kGroups = 4;
  auto text = crypto::new_id(random).substr(0, kGroup * kGroups);
  for (std::size_t group = kGroups - 1; group > 0; --group) text.insert(group * kGroup, 1, '-');
  return Secret::take(std::move(text));
}

Result<store::UserRow> Administration::find(std::string_view id_or_email) {
  auto row = store_.get_user(base::UserId(std::string(id_or_email)));
  if (row && !*row)
    if (const auto email = valid_email(id_or_email)) row = store_.find_user(*email);
  if (!row) return std::move(row.error());
  if (!*row)
    return Error{ErrorKind::NotFound, "there is no user with the id or e-mail address " + std::string(id_or_email) +
                                          "; 'ownkey user list' shows all"};
  return std::move(**row);
}

Result<store::UserRow> Administration::add(std::string_view email, std::string_view full_name, const Secret& password,
                                           const NewDataKey& new_data_key) {
  auto address = valid_email(email);
  if (!address) return std::move(address.error());
  auto name = valid_full_name(full_name);
  if (!name) return std::move(name.error());
  if (auto good = check_new_password(password, "password"); !good) return std::move(good.error());
  store::UserRow row{base::UserId(crypto::new_id(random_)), std::move(*address), std::move(*name),
                     crypto::hash_password(password, {}, random_), clock_.now()};
  if (auto added = store_.create_user(row, new_data_key(row.id), store::AccountStore::Who::Anyone); !added)
    return std::move(added.error());
  audit_.record(row.id, AuditAction::AccountCreated, base::command_line());
  return row;
}

Result<void> Administration::disable(const base::UserId& user) {
  if (auto disabled = store_.disable_user(user, clock_.now()); !disabled) return disabled;
  audit_.record(user, AuditAction::AccountDisabled, base::command_line());
  return {};
}

Result<void> Administration::enable(const base::UserId& user) {
  if (auto enabled = store_.enable_user(user, clock_.now()); !enabled) return enabled;
  audit_.record(user, AuditAction::AccountEnabled, base::command_line());
  return {};
}

Result<void> Administration::reset_password(const base::UserId& user, const Secret& password) {
  if (auto good = check_new_password(password, "password"); !good) return good;
  const auto hash = crypto::hash_password(password, {}, random_);
  if (auto reset = store_.reset_password(user, hash, clock_.now()); !reset) return reset;
  audit_.record(user, AuditAction::PasswordChanged, base::command_line());
  return {};
}

Result<bool> Administration::reset_two_factor(const base::UserId& user) {
  const auto store = users_.open(user);
  if (!store) return store.error();
  auto& two_factor = (*store)->two_factor();
  const auto row = two_factor.get();
  if (!row) return row.error();
  if (!*row) return false;
  return two_factor.remove((*row)->id, {AuditAction::TwoFactorDisabled, {}, base::command_line(), clock_.now()});
}

Result<void> Administration::begin_anew(const base::UserId& user) {
  const auto file = users_.file_of(user);
  std::error_code is_missing;
  if (std::filesystem::file_size(file, is_missing) > 0 && !is_missing)
    return Error{ErrorKind::Conflict,
                 "this user's data is there, so nothing was changed; if it is damaged, bring it back from a backup, or "
                 "move the file away first: " +
                     file.string()};
  if (auto forgotten = store_.forget_file(user, clock_.now()); !forgotten) return forgotten;
  // What was lost that keeps others out.
  audit_.record(user, AuditAction::TwoFactorDisabled, base::command_line());
  return {};
}

}  // namespace ownkey::accounts
