#include "server/accounts/unstored_codes.h"

namespace ownkey::accounts {
namespace {

constexpr std::int64_t kStepsOfLife = 10;  // more than a code is good for

}  // namespace

bool UnstoredCodes::use(const base::UserId& user, std::int64_t step) {
  const std::scoped_lock lock(lock_);
  std::erase_if(last_steps_, [&](const auto& entry) { return entry.second + kStepsOfLife < step; });
  const auto [entry, is_first] = last_steps_.try_emplace(user, step);
  if (!is_first && step <= entry->second) return false;
  entry->second = step;
  return true;
}

bool UnstoredCodes::is_used(const base::UserId& user, std::int64_t step) const {
  const std::scoped_lock lock(lock_);
  const auto found = last_steps_.find(user);
  return found != last_steps_.end() && step <= found->second;
}

}  // namespace ownkey::accounts
