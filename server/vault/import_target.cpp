#include "server/vault/import_target.h"

#include <utility>

namespace ownkey::vault {

Result<std::optional<base::UserId>> InstallationTarget::find_account(std::string_view email) {
  const auto user = accounts_.find_user(email);
  if (!user) return user.error();
  if (!*user) return std::optional<base::UserId>();
  return std::optional((*user)->id);
}

Result<base::UserId> InstallationTarget::add_account(NewAccount account) {
  const base::UserId id(crypto::new_id(random_));
  store::UserRow row;
  row.id = id;
  row.email = std::move(account.email);
  row.full_name = std::move(account.full_name);
  row.password_hash = std::move(account.password_hash);
  row.created_at = clock_.now();
  auto created = accounts_.create_user(row, keys_.new_data_key(id), store::AccountStore::Who::Anyone);
  if (!created) return std::move(created.error());
  const auto store = users_.open(id);
  if (!store) return store.error();
  const store::AuditNote note{AuditAction::AccountImported, {}, base::command_line(), row.created_at};
  if (auto told = (*store)->append_audit(note); !told) return std::move(told.error());
  return id;
}

Result<bool> InstallationTarget::has_key(const base::UserId& user, Provider provider) {
  const auto found = vault_.find(user, provider, kDefaultLabel);
  if (!found) return found.error();
  return found->has_value();
}

Result<void> InstallationTarget::add_key(const base::UserId& user, NewCredential credential) {
  auto saved = vault_.save(user, std::move(credential), base::command_line());
  if (!saved) return std::move(saved.error());
  return {};
}

Result<std::optional<base::UserId>> DryTarget::find_account(std::string_view email) { return view_.find_user(email); }

// An id that no real user has.
Result<base::UserId> DryTarget::add_account(NewAccount) { return base::UserId("new-" + std::to_string(++added_)); }

Result<bool> DryTarget::has_key(const base::UserId& user, Provider provider) {
  return view_.has_credential(user, provider, kDefaultLabel);
}

Result<void> DryTarget::add_key(const base::UserId&, NewCredential) { return {}; }

}  // namespace ownkey::vault
