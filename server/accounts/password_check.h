// PasswordCheck: whether somebody knows a user's password, however they ask: to sign in, or once more while signed in.
// Wrong ones count against the same allowances, and are noted in the person's audit log.
//
// Safe from several threads. Borrows everything it is given, which must outlive it.
#pragma once

#include <string>
#include <string_view>

#include "server/accounts/audit_log.h"
#include "server/accounts/password_gate.h"
#include "server/accounts/rate_limiter.h"
#include "server/base/client.h"
#include "server/base/clock.h"
#include "server/store/account_store.h"
#include "shared/result.h"
#include "shared/secret.h"

namespace ownkey::accounts {

class PasswordCheck {
 public:
  PasswordCheck(store::AccountStore& store, PasswordGate& passwords, RateLimiter& limiter, AuditLog& audit,
                const base::Clock& clock)
      : store_(store), passwords_(passwords), limiter_(limiter), audit_(audit), clock_(clock) {}

  // For signing in, with a normalised address. Unauthenticated with the same text, after the same time, for an unknown
  // address and for a wrong password.
  Result<store::UserRow> by_email(const std::string& email, const Secret& password, const base::Client& client);

  // Of somebody who is signed in: a session alone, which may be stolen, must not do. Forbidden (field
  // "current_password") when it is wrong. `action` is what they ask for.
  Result<store::UserRow> again(const base::UserId& user, const Secret& password, AuditAction action,
                               const base::Client& client);

  // Whether somebody may still sign in with the password that was checked: it may have been changed since, or the
  // account disabled.
  Result<bool> still_holds(const store::UserRow& checked);

 private:
  // What a wrong password costs.
  Result<void> take(Tries& tries, const std::string& email, const base::Client& client);
  void note_failure(const base::UserId& user, AuditAction action, const base::Client& client, ErrorKind failure);
  // Whether the person with this address of mail is signed in from there already.
  bool is_home(const std::string& email, const base::Client& client);
  // Whether it is the user's; hashes it anew when that was done at a lower cost.
  Result<bool> fits(store::UserRow& user, const Secret& password);

  store::AccountStore& store_;
  PasswordGate& passwords_;
  RateLimiter& limiter_;
  AuditLog& audit_;
  const base::Clock& clock_;
};

}  // namespace ownkey::accounts
