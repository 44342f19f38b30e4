#include "server/accounts/accounts.h"

#include <utility>

#include "server/accounts/password_rules.h"
#include "server/accounts/user_message.h"
#include "shared/validation.h"

namespace ownkey::accounts {
namespace {

base::Client within(const base::Client& client, const NewSession& session) {
  return {client.address, client.agent, session.id};
}

}  // namespace

Result<SignedIn> Accounts::sign_up(const api::RegisterRequest& request, const base::Client& client) {
  using config::Registration;
  if (registration_ == Registration::Closed)
    return Error{ErrorKind::Forbidden, "this server takes no new accounts; ask its operator for one"};
  const auto email = valid_email(request.email);
  if (!email) return email.error();
  const auto name = valid_full_name(request.full_name.value_or(""));
  if (!name) return name.error();
  if (auto good = check_new_password(request.password, "password"); !good) return good.error();

  auto hash = parts_.passwords.hash(request.password);
  if (!hash) return hash.error();
  const store::UserRow row{base::UserId(crypto::new_id(parts_.random)), *email, *name, std::move(*hash),
                           parts_.clock.now()};
  const auto who =
      registration_ == Registration::FirstUser ? store::AccountStore::Who::OnlyFirst : store::AccountStore::Who::Anyone;
  if (auto created = parts_.store.create_user(row, parts_.new_data_key(row.id), who); !created) return created.error();
  auto session = parts_.sessions.begin(row.id, client);
  if (!session) return session.error();
  parts_.audit.record(row.id, AuditAction::AccountCreated, within(client, *session));
  return SignedIn{message_of(row), std::move(*session)};
}

Result<SignedIn> Accounts::sign_in(const api::LoginRequest& request, const base::Client& client) {
  const auto email = valid_email(request.email);
  if (!email) return email.error();
  const auto user = parts_.check.by_email(*email, request.password, client);
  if (!user) return user.error();
  if (user->disabled_at) {
    parts_.audit.record_refused(user->id, AuditAction::SessionStarted, client, ErrorKind::Forbidden);
    return Error{ErrorKind::Forbidden, "the operator of this server has disabled this account; ask them about it"};
  }
  if (auto checked = parts_.two_factor.check(user->id, request.totp_code, client); !checked) return checked.error();
  auto session = parts_.sessions.begin(user->id, client);
  if (!session) return session.error();
  // A change of the password, or disabling the account, ends all sessions; this one may have begun after that with the
  // old one.
  const auto holds = parts_.check.still_holds(*user);
  if (holds && *holds) {
    parts_.audit.record(user->id, AuditAction::SessionStarted, within(client, *session), session->id.text());
    return SignedIn{message_of(*user), std::move(*session)};
  }
  if (auto ended = parts_.sessions.end({user->id, session->id}); !ended) return ended.error();
  if (!holds) return holds.error();
  return Error{ErrorKind::Busy, "this account was changed at this moment; try again", {}, {}, 1};
}

Result<void> Accounts::sign_out(const base::UserId& user, const base::Client& client) {
  if (auto ended = parts_.sessions.end({user, client.session}); !ended) return ended;
  parts_.audit.record(user, AuditAction::SessionEnded, client, client.session.text());
  return {};
}

Result<void> Accounts::revoke(const base::UserId& user, const base::SessionId& session, const base::Client& client) {
  if (auto revoked = parts_.sessions.revoke({user, session}); !revoked) return revoked;
  parts_.audit.record(user, AuditAction::SessionRevoked, client, session.text());
  return {};
}

Result<void> Accounts::revoke_others(const base::UserId& user, const base::Client& client) {
  if (auto ended = parts_.sessions.end_others({user, client.session}); !ended) return ended;
  parts_.audit.record(user, AuditAction::SessionRevoked, client, "all others");
  return {};
}

Result<api::User> Accounts::user(const base::UserId& user) {
  const auto row = parts_.store.get_user(user);
  if (!row) return row.error();
  if (!*row) return Error{ErrorKind::Unauthenticated, "this account does not exist any more"};
  return message_of(**row);
}

}  // namespace ownkey::accounts
