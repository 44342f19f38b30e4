#include "server/accounts/rate_limiter.h"

#include <algorithm>
#include <cmath>

namespace ownkey::accounts {

namespace {

constexpr double kHardlyUsed = 10;

Result<void> answer(double tries, std::string_view what, const Allowance& allowance) {
  if (tries >= 1) return {};
  const int wait = std::max(1, static_cast<int>(std::ceil((1 - tries) / allowance.per_second)));
  return Error{ErrorKind::RateLimited,
               "too many tries; wait " + std::to_string(wait) + " seconds and try again",
               std::string(what),
               {},
               wait};
}

}  // namespace

Result<void> RateLimiter::take(std::string_view what, std::string_view who, const Allowance& allowance) {
  const std::scoped_lock lock(lock_);
  auto& found = bucket(what, who, allowance);
  auto allowed = answer(found.tries, what, allowance);
  if (allowed) found.tries -= 1;
  return allowed;
}

void RateLimiter::give_back(std::string_view what, std::string_view who, const Allowance& allowance) {
  const std::scoped_lock lock(lock_);
  auto& found = bucket(what, who, allowance);
  found.tries = std::min(allowance.burst, found.tries + 1);
}

bool RateLimiter::is_fresh(std::string_view what, std::string_view who, const Allowance& allowance) {
  const std::scoped_lock lock(lock_);
  return bucket(what, who, allowance).tries > allowance.burst - kHardlyUsed;
}

RateLimiter::Bucket& RateLimiter::bucket(std::string_view what, std::string_view who, const Allowance& allowance) {
  const auto now = clock_.steady();
  if (buckets_.size() >= kMaxBuckets) forget_full_buckets(now);
  const auto name = std::string(what) + '\0' + std::string(who);
  auto& found =
      buckets_.try_emplace(name, Bucket{allowance.burst, allowance.per_second, allowance.burst, now}).first->second;
  const double seconds = std::chrono::duration<double>(now - found.at).count();
  found.tries = std::min(allowance.burst, found.tries + seconds * allowance.per_second);
  found.at = now;
  return found;
}

void RateLimiter::forget_full_buckets(std::chrono::steady_clock::time_point now) {
  std::erase_if(buckets_, [&](const auto& entry) {
    const auto& bucket = entry.second;
    return bucket.tries + std::chrono::duration<double>(now - bucket.at).count() * bucket.per_second >= bucket.burst;
  });
  // Somebody with very many addresses fills the table with live buckets; starting afresh beats growing without end.
  if (buckets_.size() >= kMaxBuckets) buckets_.clear();
}

Tries::~Tries() {
  for (const auto& [what, who, allowance] : taken_) limiter_.give_back(what, who, allowance);
}

Result<void> Tries::take(std::string_view what, std::string_view who, const Allowance& allowance) {
  auto allowed = limiter_.take(what, who, allowance);
  if (allowed) taken_.push_back({std::string(what), std::string(who), allowance});
  return allowed;
}

}  // namespace ownkey::accounts
