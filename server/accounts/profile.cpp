#include "server/accounts/profile.h"

#include <utility>

#include "server/accounts/password_rules.h"
#include "server/accounts/user_message.h"
#include "shared/validation.h"

namespace ownkey::accounts {
namespace {

// Nothing stays nothing.
Result<std::optional<std::string>> checked(const std::optional<std::string>& text,
                                           Result<std::string> (*check)(std::string_view)) {
  if (!text) return std::optional<std::string>();
  auto valid = check(*text);
  if (!valid) return std::move(valid.error());
  return std::optional(std::move(*valid));
}

}  // namespace

Result<api::User> Profile::change(const base::UserId& user, const api::ChangeProfileRequest& request,
                                  const base::Client& client) {
  auto email = checked(request.email, valid_email);
  if (!email) return email.error();
  auto name = checked(request.full_name, valid_full_name);
  if (!name) return name.error();
  auto row = allowed_user(user, *email, request, client);
  if (!row) return row.error();
  const store::ProfileChange change{std::move(*name), std::move(*email)};
  auto changed = store_.change_profile(user, change, clock_.now());
  if (!changed) return changed.error();
  audit_.record(user, AuditAction::ProfileChanged, client, changed->email != row->email ? "email" : "");
  return message_of(*changed);
}

Result<store::UserRow> Profile::allowed_user(const base::UserId& user, const std::optional<std::string>& email,
                                             const api::ChangeProfileRequest& request, const base::Client& client) {
  auto row = store_.get_user(user);
  if (!row) return row.error();
  if (!*row) return Error{ErrorKind::Unauthenticated, "this account does not exist any more"};
  if (!email || *email == (*row)->email) return std::move(**row);
  if (!request.current_password)
    return invalid("current_password", "enter your current password to change the e-mail address");
  return check_.again(user, *request.current_password, AuditAction::ProfileChanged, client);
}

Result<std::optional<NewSession>> Profile::change_password(const Session& session,
                                                           const api::ChangePasswordRequest& request,
                                                           const base::Client& client, Token token) {
  if (auto good = check_new_password(request.new_password, "new_password"); !good) return good.error();
  const auto row = check_.again(session.user, request.current_password, AuditAction::PasswordChanged, client);
  if (!row) return row.error();
  auto hash = passwords_.hash(request.new_password);
  if (!hash) return hash.error();
  const auto now = clock_.now();
  store::PasswordChange change{session.user, std::move(*hash), session.id, {}};
  std::optional<NewSession> renewed;
  if (token == Token::Renew) {
    auto fresh = sessions_.new_token();
    change.token_hash = std::move(fresh.hash);
    renewed = NewSession{session.id, std::move(fresh.token), now + kAbsoluteLifetime};
  }
  // The store ends the others, and knows those alone that it has.
  if (auto settled = sessions_.settle(); !settled) return settled.error();
  if (auto changed = store_.change_password(change, now); !changed) return changed.error();
  audit_.record(session.user, AuditAction::PasswordChanged, client);
  return renewed;
}

Result<void> Profile::erase(const base::UserId& user, const Secret& current_password, const base::Client& client) {
  if (const auto known = check_.again(user, current_password, AuditAction::AccountDeleted, client); !known)
    return known.error();
  if (const auto erased = erasure_.erase(user); !erased) return erased.error();
  return {};
}

}  // namespace ownkey::accounts
