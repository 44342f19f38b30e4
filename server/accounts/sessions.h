// Sessions: who is signed in. A session is a random token; the store keeps only its SHA-256.
//
// Safe from several threads. Borrows everything it is given, which must outlive it.
#pragma once

#include <chrono>

#include "server/base/client.h"
#include "server/base/clock.h"
#include "server/base/ids.h"
#include "server/crypto/random.h"
#include "server/store/account_store.h"
#include "shared/result.h"
#include "shared/secret.h"

namespace ownkey::accounts {

inline constexpr auto kIdleLifetime = std::chrono::hours(24);
inline constexpr auto kAbsoluteLifetime = std::chrono::days(30);

struct NewSession {
  base::SessionId id;
  Secret token;  // the only copy: hand it to the client
  base::Time expires_at;
};

struct Session {
  base::UserId user;
  base::SessionId id;
};

class Sessions {
 public:
  Sessions(store::AccountStore& store, crypto::Random& random, const base::Clock& clock)
      : store_(store), random_(random), clock_(clock) {}

  Result<NewSession> begin(const base::UserId& user, const base::Client& client);
  // Unauthenticated when the token is unknown, was idle for a day, or is a month old.
  Result<Session> find(const Secret& token);
  Result<void> end(const Session& session);
  Result<void> remove_expired();

 private:
  store::AccountStore& store_;
  crypto::Random& random_;
  const base::Clock& clock_;
};

}  // namespace ownkey::accounts
