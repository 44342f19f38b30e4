// UnstoredSessions: sessions for which the disk had no room, kept in memory until it has: a full disk keeps nobody from
// signing in. They do not outlive the process. Safe from several threads.
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "server/base/bytes.h"
#include "server/store/account_store.h"

namespace ownkey::accounts {

class UnstoredSessions {
 public:
  using Matches = std::function<bool(const store::SessionRow&)>;

  // False when there are too many.
  bool add(store::SessionRow row);
  std::optional<store::SessionRow> find(base::ByteView token_hash) const;
  std::vector<store::SessionRow> of(const base::UserId& user) const;
  // How many matched. Nobody else finds or adds one meanwhile.
  std::size_t remove(const Matches& matches);

 private:
  mutable std::mutex lock_;
  std::vector<store::SessionRow> rows_;
};

}  // namespace ownkey::accounts
