// SessionUses: when sessions were used last, gathered in memory and written together now and then: no request waits for
// the disk because it is one of a session's. What a crash loses is the last round of it. Safe from several threads.
#pragma once

#include <mutex>
#include <unordered_map>

#include "server/base/clock.h"
#include "server/base/ids.h"
#include "server/store/account_store.h"
#include "shared/result.h"

namespace ownkey::accounts {

class SessionUses {
 public:
  void note(const base::UserId& user, const base::SessionId& session, base::Time at);
  // What was noted, when that is later than what is stored.
  base::Time latest(const base::SessionId& session, base::Time stored) const;
  // What could not be written stays for the next time.
  Result<void> write_to(store::AccountStore& store);

 private:
  struct Use {
    base::UserId user;
    base::Time at;
  };

  std::mutex writing_;
  mutable std::mutex lock_;  // of what follows
  std::unordered_map<base::SessionId, Use> uses_;
};

}  // namespace ownkey::accounts
