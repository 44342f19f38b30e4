// Profile: what people change about their own account: name, address of mail, password, and whether there is one.
//
// All of it is noted in the person's audit log. Safe from several threads. Borrows everything it is given, which must
// outlive it.
#pragma once

#include <optional>

#include "server/accounts/audit_log.h"
#include "server/accounts/erasure.h"
#include "server/accounts/password_check.h"
#include "server/accounts/password_gate.h"
#include "server/accounts/sessions.h"
#include "server/base/client.h"
#include "server/base/clock.h"
#include "server/store/account_store.h"
#include "shared/api/account_settings.h"
#include "shared/api/accounts.h"
#include "shared/result.h"

namespace ownkey::accounts {

class Profile {
 public:
  Profile(store::AccountStore& store, Sessions& sessions, PasswordGate& passwords, PasswordCheck check, AuditLog& audit,
          Erasure& erasure, const base::Clock& clock)
      : store_(store),
        sessions_(sessions),
        passwords_(passwords),
        check_(check),
        audit_(audit),
        erasure_(erasure),
        clock_(clock) {}

  // All of the request or nothing. Another address of mail needs the current password: Forbidden when it is wrong,
  // Conflict (field "email") when the address has an account.
  Result<api::User> change(const base::UserId& user, const api::ChangeProfileRequest& request,
                           const base::Client& client);

  // Ends all other sessions of the user. The one that asks stays; with a new token where that can be handed out.
  enum class Token { Keep, Renew };
  // The session with its new token, if renewed.
  Result<std::optional<NewSession>> change_password(const Session& session, const api::ChangePasswordRequest& request,
                                                    const base::Client& client, Token token);

  // Erases the account and everything of it. Forbidden (field "current_password") when the password is wrong.
  Result<void> erase(const base::UserId& user, const Secret& current_password, const base::Client& client);

 private:
  // The user as they are, once they have shown that they may have this address.
  Result<store::UserRow> allowed_user(const base::UserId& user, const std::optional<std::string>& email,
                                      const api::ChangeProfileRequest& request, const base::Client& client);

  store::AccountStore& store_;
  Sessions& sessions_;
  PasswordGate& passwords_;
  PasswordCheck check_;
  AuditLog& audit_;
  Erasure& erasure_;
  const base::Clock& clock_;
};

}  // namespace ownkey::accounts
