// UnstoredCodes: codes that were used while the disk had no room to note it, so that each still works once. They do not
// outlive the process; a code is good for a minute and a half. Safe from several threads.
#pragma once

#include <cstdint>
#include <mutex>
#include <unordered_map>

#include "server/base/ids.h"

namespace ownkey::accounts {

class UnstoredCodes {
 public:
  // By the time step of the code. False when this one or a later one was used before.
  bool use(const base::UserId& user, std::int64_t step);
  bool is_used(const base::UserId& user, std::int64_t step) const;

 private:
  mutable std::mutex lock_;
  std::unordered_map<base::UserId, std::int64_t> last_steps_;
};

}  // namespace ownkey::accounts
