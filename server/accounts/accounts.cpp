#include "server/accounts/accounts.h"

#include <utility>

#include "server/accounts/common_passwords.h"
#include "shared/validation.h"

namespace ownkey::accounts {
namespace {

// Wrong passwords for one account from one address: guessing is hopeless, mistyping is not punished.
constexpr Allowance kTriesFromHere{.burst = 10, .per_second = 1.0 / 30};
// And from anywhere. Somebody who wants to lock the owner out can use these up, so they do not bind addresses from
// which the owner is signed in.
constexpr Allowance kTriesFromAnywhere{.burst = 100, .per_second = 1.0 / 10};
// Wrong passwords that are noted, for one account: strangers must not fill its bounded log and push the rest out of it.
constexpr Allowance kWrongPasswordsNoted{.burst = 20, .per_second = 1.0 / 3600};

api::User message_of(const store::UserRow& row) {
  return {row.id.text(), row.email, row.full_name, base::rfc3339(row.created_at)};
}

base::Client within(const base::Client& client, const NewSession& session) {
  return {client.address, client.agent, session.id};
}

Error wrong_login() {
  return {ErrorKind::Unauthenticated, "the e-mail address or the password is wrong; check both and try again"};
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
  parts_.audit.record(row.id, AuditAction::AccountCreated, within(client, *session));
  return SignedIn{message_of(row), std::move(*session)};
}

Result<SignedIn> Accounts::sign_in(const api::LoginRequest& request, const base::Client& client) {
  const auto email = valid_email(request.email);
  if (!email) return email.error();
  if (request.password.size() > kMaxPasswordBytes) return wrong_login();
  const auto here = *email + ' ' + client.address;
  if (auto allowed = parts_.limiter.check("password from here", here, kTriesFromHere); !allowed) return allowed.error();
  if (auto allowed = parts_.limiter.check("password", *email, kTriesFromAnywhere); !allowed && !is_home(*email, client))
    return allowed.error();
  const auto user = checked_user(request, *email, client);
  if (!user) {
    if (user.error().kind == ErrorKind::Unauthenticated) {
      parts_.limiter.count("password from here", here, kTriesFromHere);
      parts_.limiter.count("password", *email, kTriesFromAnywhere);
    }
    return user.error();
  }
  auto session = parts_.sessions.begin(user->id, client);
  if (!session) return session.error();
  parts_.audit.record(user->id, AuditAction::SessionStarted, within(client, *session), session->id.text());
  return SignedIn{message_of(*user), std::move(*session)};
}

bool Accounts::is_home(const std::string& email, const base::Client& client) {
  const auto known = parts_.store.has_session_from(email, client.address);
  return known && *known;
}

Result<store::UserRow> Accounts::checked_user(const api::LoginRequest& request, const std::string& email,
                                              const base::Client& client) {
  auto user = parts_.store.find_user(email);
  if (!user) return user.error();
  if (!*user) {
    if (auto done = parts_.passwords.check_nobody(request.password); !done) return done.error();
    return wrong_login();
  }
  const auto check = parts_.passwords.check(request.password, (*user)->password_hash);
  if (!check) return check.error();
  if (!check->correct) {
    note_wrong_password((*user)->id, client);
    return wrong_login();
  }
  if (check->outdated) {
    const auto hash = parts_.passwords.hash(request.password);
    // Only a chance to hash at today's cost: when it cannot be taken, the next login will.
    if (hash) (void)parts_.store.set_password_hash((*user)->id, *hash, parts_.clock.now());
  }
  return std::move(**user);
}

void Accounts::note_wrong_password(const base::UserId& user, const base::Client& client) {
  if (parts_.limiter.take("wrong passwords noted", user.text(), kWrongPasswordsNoted))
    parts_.audit.record_refused(user, client, ErrorKind::Unauthenticated);
}

Result<void> Accounts::sign_out(const base::UserId& user, const base::Client& client) {
  if (auto ended = parts_.sessions.end({user, client.session}); !ended) return ended;
  parts_.audit.record(user, AuditAction::SessionEnded, client, client.session.text());
  return {};
}

Result<api::User> Accounts::user(const base::UserId& user) {
  const auto row = parts_.store.get_user(user);
  if (!row) return row.error();
  if (!*row) return Error{ErrorKind::Unauthenticated, "this account does not exist any more"};
  return message_of(**row);
}

}  // namespace ownkey::accounts
