// UnstoredSessions: sessions for which the disk had no room, kept in memory until it has: a full disk keeps nobody from
// signing in. They do not outlive the process. Safe from several threads.
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "server/base/bytes.h"
#include "server/store/account_store.h"

namespace ownkey::accounts {

struct UnstoredSession {
  store::SessionRow row;
  // The user's when it began. Another process that changes it, or disables the account, ends the sessions that it finds
  // in the store.
  std::string password_hash;
};

class UnstoredSessions {
 public:
  using Matches = std::function<bool(const UnstoredSession&)>;

  // False when there are too many.
  bool add(UnstoredSession session);
  std::optional<UnstoredSession> find(base::ByteView token_hash) const;
  std::vector<UnstoredSession> of(const base::UserId& user) const;
  std::vector<UnstoredSession> all() const;
  // How many matched. Every request waits meanwhile, so that `matches` may look at nothing else.
  std::size_t remove(const Matches& matches);

 private:
  mutable std::mutex lock_;
  std::vector<UnstoredSession> sessions_;
};

}  // namespace ownkey::accounts
