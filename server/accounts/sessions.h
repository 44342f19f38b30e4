// Sessions: who is signed in. A session is a random token; the store keeps only its SHA-256. While the disk is full,
// new ones are kept in memory, where a restart ends them.
//
// Safe from several threads. Borrows everything it is given, which must outlive it.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <vector>

#include "server/accounts/session_uses.h"
#include "server/accounts/unstored_sessions.h"
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

struct NewToken {
  Secret token;
  base::Bytes hash;  // for the store
};

struct Session {
  base::UserId user;
  base::SessionId id;
};

// One of a person's sessions, as they may see it.
struct SessionInfo {
  base::SessionId id;
  base::Client client;
  base::Time created_at;
  base::Time last_used_at;  // to the minute
};

class Sessions {
 public:
  Sessions(store::AccountStore& store, crypto::Random& random, const base::Clock& clock)
      : store_(store), random_(random), clock_(clock) {}

  Result<NewSession> begin(const base::UserId& user, const base::Client& client);
  // Unauthenticated when the token is unknown, was idle for a day, or is a month old.
  Result<Session> find(const Secret& token);
  // Whether it still is one, of an account that is as it was.
  Result<bool> has(const Session& session);
  // Those that have not expired; the one used last comes first.
  Result<std::vector<SessionInfo>> list(const base::UserId& user);
  Result<void> end(const Session& session);
  // As end(), for another session of the person: NotFound when they have no such session, whoever else may.
  Result<void> revoke(const Session& session);
  // All of the person's but this one.
  Result<void> end_others(const Session& session);
  // Stores those that are kept in memory. StorageFull when there still is no room.
  Result<void> settle();
  // For a session that goes on with another token.
  NewToken new_token();
  Result<void> remove_expired();
  // Writes down which sessions were used since the last time. To be called every few seconds, and before the end.
  Result<void> write_uses() { return uses_.write_to(store_); }

 private:
  bool has_expired(const store::SessionRow& session) const;
  Result<void> keep_unstored(const store::SessionRow& session);
  // Whether the account is as it was when the session began.
  Result<bool> still_holds(const UnstoredSession& session);
  Result<std::optional<store::SessionRow>> find_row(const base::Bytes& token_hash);
  Result<bool> remove(const Session& session);

  store::AccountStore& store_;
  crypto::Random& random_;
  const base::Clock& clock_;
  UnstoredSessions unstored_;
  std::mutex settling_;  // one at a time: each stores a session first and takes it out here then
  SessionUses uses_;
};

}  // namespace ownkey::accounts
