// AccountServices: all that deals with who people are, put together. Borrows the installation and the log, which must
// outlive it.
#pragma once

#include "server/accounts/accounts.h"
#include "server/accounts/audit_log.h"
#include "server/accounts/erasure.h"
#include "server/accounts/password_check.h"
#include "server/accounts/password_gate.h"
#include "server/accounts/preferences.h"
#include "server/accounts/profile.h"
#include "server/accounts/rate_limiter.h"
#include "server/accounts/sessions.h"
#include "server/accounts/two_factor.h"
#include "server/base/log.h"
#include "server/config/config.h"
#include "server/installation/installation.h"

namespace ownkey {

struct AccountServices {
  AccountServices(Installation& installation, config::Registration registration, base::Log& log);

  // Each holds on to what stands above it.
  accounts::Sessions sessions;
  accounts::PasswordGate password_gate;
  accounts::RateLimiter limiter;
  accounts::AuditLog audit;
  accounts::PasswordCheck password_check;
  accounts::TwoFactor two_factor;
  accounts::Accounts accounts;
  accounts::Erasure erasure;
  accounts::Profile profile;
  accounts::Preferences preferences;
};

}  // namespace ownkey
