// Accounts: signing up, signing in and out, and who a person is.
//
// All of it is noted in the person's audit log. Safe from several threads. Borrows everything it is given, which must
// outlive it.
#pragma once

#include <functional>
#include <string>

#include "server/accounts/audit_log.h"
#include "server/accounts/password_check.h"
#include "server/accounts/password_gate.h"
#include "server/accounts/sessions.h"
#include "server/accounts/two_factor.h"
#include "server/base/client.h"
#include "server/base/clock.h"
#include "server/config/config.h"
#include "server/crypto/random.h"
#include "server/store/account_store.h"
#include "shared/api/accounts.h"
#include "shared/result.h"

namespace ownkey::accounts {

struct SignedIn {
  api::User user;
  NewSession session;
};

class Accounts {
 public:
  // Makes the data key with which a new user's keys will be sealed (the vault's affair).
  using NewDataKey = std::function<store::DataKeyRow(const base::UserId&)>;

  struct Parts {
    store::AccountStore& store;
    Sessions& sessions;
    PasswordGate& passwords;
    PasswordCheck check;
    TwoFactor& two_factor;
    AuditLog& audit;
    crypto::Random& random;
    const base::Clock& clock;
    NewDataKey new_data_key;
  };

  Accounts(Parts parts, config::Registration registration) : parts_(std::move(parts)), registration_(registration) {}

  // Conflict (field "email") when the address has an account, Forbidden when this server takes no new ones.
  Result<SignedIn> sign_up(const api::RegisterRequest& request, const base::Client& client);

  // Unauthenticated with the same text, after the same time, for an unknown address and for a wrong password. With the
  // right one, Forbidden when the operator disabled the account, TwoFactorRequired or TwoFactorRejected when the
  // account has a second factor and the code is not there or wrong.
  Result<SignedIn> sign_in(const api::LoginRequest& request, const base::Client& client);

  // Ends the session in which the client asks.
  Result<void> sign_out(const base::UserId& user, const base::Client& client);
  // Another session of theirs: NotFound when they have no such session, whoever else may.
  Result<void> revoke(const base::UserId& user, const base::SessionId& session, const base::Client& client);
  // All but the one in which the client asks.
  Result<void> revoke_others(const base::UserId& user, const base::Client& client);

  Result<api::User> user(const base::UserId& user);

 private:
  Parts parts_;
  config::Registration registration_;
};

}  // namespace ownkey::accounts
