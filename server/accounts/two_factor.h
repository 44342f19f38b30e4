// TwoFactor: the second factor of signing in. A person's authenticator app shows codes; recovery codes stand in for a
// lost phone.
//
// Each code works once, whoever else sends it at the same time. Wrong ones count against the one limiter and are noted
// in the person's audit log. The secret that the app shares with this server lies sealed in the person's file. On a
// full disk, codes of the app still sign in. Safe from several threads. Borrows everything it is given, which must
// outlive it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server/accounts/audit_log.h"
#include "server/accounts/password_check.h"
#include "server/accounts/rate_limiter.h"
#include "server/accounts/unstored_codes.h"
#include "server/base/client.h"
#include "server/base/clock.h"
#include "server/crypto/random.h"
#include "server/crypto/sealing.h"
#include "server/store/user_stores.h"
#include "shared/result.h"
#include "shared/secret.h"

namespace ownkey::accounts {

struct TwoFactorState {
  std::optional<base::Time> enabled_at;  // nothing: it is off
  std::int64_t recovery_codes_left = 0;
};

// For an authenticator app.
struct TwoFactorSetup {
  std::string email;
  Secret secret;  // base32
};

class TwoFactor {
 public:
  // With the user's data keys (the vault's affair).
  struct Sealing {
    std::function<Result<base::Sealed>(const crypto::ColumnPlace&, const Secret&)> seal;
    std::function<Result<Secret>(const crypto::ColumnPlace&, const base::Sealed&)> open;
  };
  struct Parts {
    store::UserStores& users;
    PasswordCheck passwords;
    RateLimiter& limiter;
    AuditLog& audit;
    crypto::Random& random;
    const base::Clock& clock;
    Sealing sealing;
  };
  explicit TwoFactor(Parts parts) : parts_(std::move(parts)) {}

  Result<TwoFactorState> state(const base::UserId& user);

  // A new secret, in the place of one that was not enabled. Forbidden (field "current_password") when the password is
  // wrong, Conflict when two-factor sign-in is on.
  Result<TwoFactorSetup> set_up(const base::UserId& user, const Secret& password, const base::Client& client);
  // With the first code of the app, within ten minutes after set_up(). Forbidden (field "totp_code") when it is wrong.
  // Gives the recovery codes.
  Result<std::vector<Secret>> enable(const base::UserId& user, const Secret& code, const base::Client& client);

  // These two need the password and a code: Forbidden, with the field, when one of them is wrong. Conflict when
  // two-factor sign-in is off. New recovery codes take the place of all that are left.
  Result<std::vector<Secret>> renew_recovery_codes(const base::UserId& user, const Secret& password, const Secret& code,
                                                   const base::Client& client);
  // A recovery code does as well.
  Result<void> disable(const base::UserId& user, const Secret& password, const Secret& code,
                       const base::Client& client);

  // For signing in, once the password was found right: uses the code up. TwoFactorRequired when one must come and did
  // not, TwoFactorRejected when it is wrong or was used.
  Result<void> check(const base::UserId& user, const std::optional<Secret>& code, const base::Client& client);

 private:
  // A person's second factor, as it was read.
  struct Found {
    std::shared_ptr<store::UserStore> store;  // null when it could not be opened because the disk is full
    store::TwoFactorRow row;
  };
  enum class Codes { OfApp, OfAppOrRecovery };
  // What a code is sent for.
  struct Use {
    const base::UserId& user;
    const base::Client& client;
    AuditAction action;
    ErrorKind refusal;
  };

  Result<std::optional<Found>> find(const base::UserId& user);
  // Once the password and the code were found right.
  Result<Found> allowed(const Use& use, const Secret& password, const Secret& code, Codes codes);
  Result<void> use_up(Found& found, const Secret& code, Codes codes, const Use& use);
  Result<bool> is_right(Found& found, const Secret& code, Codes codes, const Use& use);
  // False when it was used before.
  Result<bool> use_step(const Found& found, std::int64_t step, const base::UserId& user);
  Result<Secret> open_secret(Found& found, const base::UserId& user);
  // What a wrong code costs.
  Result<void> take(Tries& tries, const Use& use);
  // Counts and notes a wrong code.
  Error refuse(Tries& tries, const Use& use);
  store::AuditNote note(AuditAction action, const base::Client& client) const;

  Parts parts_;
  UnstoredCodes unstored_codes_;
};

}  // namespace ownkey::accounts
