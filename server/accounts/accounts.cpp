#include "server/accounts/accounts.h"

#include <utility>

#include "server/accounts/common_passwords.h"
#include "shared/validation.h"

namespace ownkey::accounts {
namespace {

api::User message_of(const store::UserRow& row) {
  return {row.id.text(), row.email, row.full_name, base::rfc3339(row.created_at)};
}

}  // namespace

Result<SignedIn> Accounts::sign_up(const api::RegisterRequest& request, const Client& client) {
  using config::Registration;
  if (registration_ == Registration::Closed)
    return Error{ErrorKind::Forbidden, "this server takes no new accounts; ask its operator for one"};
  const auto email = valid_email(request.email);
  if (!email) return email.error();
  const auto name = valid_full_name(request.full_name.value_or(""));
  if (!name) return name.error();
  if (auto password = valid_password(request.password); !password) return password.error();
  if (is_common(request.password))
    return invalid("password", "this is one of the most common passwords, which attackers try first; choose another");

  auto hash = parts_.passwords.hash(request.password);
  if (!hash) return hash.error();
  const store::UserRow row{base::UserId(crypto::new_id(parts_.random)), *email, *name, std::move(*hash),
                           parts_.clock.now()};
  const auto who =
      registration_ == Registration::FirstUser ? store::AccountStore::Who::OnlyFirst : store::AccountStore::Who::Anyone;
  if (auto created = parts_.store.create_user(row, parts_.new_data_key(row.id), who); !created) return created.error();
  auto session = parts_.sessions.begin(row.id, client);
  if (!session) return session.error();
  return SignedIn{message_of(row), std::move(*session)};
}

Result<SignedIn> Accounts::sign_in(const api::LoginRequest& request, const Client& client) {
  const auto email = valid_email(request.email);
  if (!email) return email.error();
  const auto user = passwords_.by_email(*email, request.password, client);
  if (!user) return user.error();
  auto session = parts_.sessions.begin(user->id, client);
  if (!session) return session.error();
  return SignedIn{message_of(*user), std::move(*session)};
}

Result<api::User> Accounts::user(const base::UserId& user) {
  const auto row = parts_.store.get_user(user);
  if (!row) return row.error();
  if (!*row) return Error{ErrorKind::Unauthenticated, "this account does not exist any more"};
  return message_of(**row);
}

}  // namespace ownkey::accounts
