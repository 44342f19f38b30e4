#include "server/accounts/password_check.h"

#include <algorithm>
#include <utility>

#include "server/base/ip_address.h"
#include "shared/validation.h"

namespace ownkey::accounts {
namespace {

// Wrong passwords for one account from one subscriber of a network: guessing is hopeless, mistyping is not punished.
constexpr Allowance kTriesFromHere{.burst = 10, .per_second = 1.0 / 30};
// And from anywhere. Somebody who wants to lock the owner out can use these up, so they do not bind subscribers from
// whose addresses the owner is signed in.
constexpr Allowance kTriesFromAnywhere{.burst = 100, .per_second = 1.0 / 10};
// Wrong passwords that are noted, for one account: strangers must not fill its bounded log and push the rest out of it.
constexpr Allowance kWrongPasswordsNoted{.burst = 20, .per_second = 1.0 / 3600};

Error wrong_login() {
  return {ErrorKind::Unauthenticated, "the e-mail address or the password is wrong; check both and try again"};
}

Error wrong_password() {
  return {ErrorKind::Forbidden, "this is not your current password; check it and try again", {}, "current_password"};
}

std::string from_here(const std::string& email, const base::Client& client) {
  return email + ' ' + base::subscriber_of(client.address);
}

}  // namespace

Result<store::UserRow> PasswordCheck::by_email(const std::string& email, const Secret& password,
                                               const base::Client& client) {
  if (password.size() > kMaxPasswordBytes) return wrong_login();
  Tries tries(limiter_);
  if (auto allowed = take(tries, email, client); !allowed) return allowed.error();
  auto user = store_.find_user(email);
  if (!user) return user.error();
  if (!*user) {
    if (auto done = passwords_.check_nobody(password); !done) return done.error();
  } else {
    const auto correct = fits(**user, password);
    if (!correct) return correct.error();
    if (*correct) return std::move(**user);
    note_failure((*user)->id, AuditAction::SessionStarted, client, ErrorKind::Unauthenticated);
  }
  tries.spend();
  return wrong_login();
}

Result<store::UserRow> PasswordCheck::again(const base::UserId& user, const Secret& password, AuditAction action,
                                            const base::Client& client) {
  auto row = store_.get_user(user);
  if (!row) return row.error();
  if (!*row) return Error{ErrorKind::Unauthenticated, "this account does not exist any more"};
  if (password.size() > kMaxPasswordBytes) return wrong_password();
  Tries tries(limiter_);
  if (auto allowed = take(tries, (*row)->email, client); !allowed) return allowed.error();
  const auto correct = fits(**row, password);
  if (!correct) return correct.error();
  if (*correct) return std::move(**row);
  tries.spend();
  note_failure(user, action, client, ErrorKind::Forbidden);
  return wrong_password();
}

Result<void> PasswordCheck::take(Tries& tries, const std::string& email, const base::Client& client) {
  if (auto allowed = tries.take("password from here", from_here(email, client), kTriesFromHere); !allowed)
    return allowed;
  if (auto allowed = tries.take("password", email, kTriesFromAnywhere); !allowed && !is_home(email, client))
    return allowed;
  return {};
}

void PasswordCheck::note_failure(const base::UserId& user, AuditAction action, const base::Client& client,
                                 ErrorKind failure) {
  if (limiter_.take("wrong passwords noted", user.text(), kWrongPasswordsNoted))
    audit_.record_refused(user, action, client, failure);
}

bool PasswordCheck::is_home(const std::string& email, const base::Client& client) {
  const auto known = store_.session_addresses(email);
  return known && std::ranges::any_of(*known, [here = base::subscriber_of(client.address)](const auto& address) {
           return base::subscriber_of(address) == here;
         });
}

Result<bool> PasswordCheck::fits(store::UserRow& user, const Secret& password) {
  const auto check = passwords_.check(password, user.password_hash);
  if (!check) return check.error();
  if (check->correct && check->outdated) {
    auto hash = passwords_.hash(password);
    // Only a chance to hash at today's cost: when it cannot be taken, the next login will.
    if (hash)
      if (const auto replaced = store_.replace_password_hash(user, *hash, clock_.now()); replaced && *replaced)
        user.password_hash = std::move(*hash);
  }
  return check->correct;
}

Result<bool> PasswordCheck::still_holds(const store::UserRow& checked) {
  const auto user = store_.get_user(checked.id);
  if (!user) return user.error();
  return *user && (*user)->password_hash == checked.password_hash && !(*user)->disabled_at;
}

}  // namespace ownkey::accounts
