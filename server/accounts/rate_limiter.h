// RateLimiter: the one limiter for everything that lets somebody guess: passwords, codes, keys.
//
// A token bucket for each (what, who), such as (a password, this account). Where only failures shall count, ask check()
// before and count() after a failure. Safe from several threads; memory is bounded: buckets that are full again are
// forgotten.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "server/base/clock.h"
#include "shared/result.h"

namespace ownkey::accounts {

struct Allowance {
  double burst;       // tries at once
  double per_second;  // tries that come back
};

class RateLimiter {
 public:
  explicit RateLimiter(const base::Clock& clock) : clock_(clock) {}

  // Takes one try; RateLimited with the seconds to wait when none is left. `what` names the allowance's own set of
  // buckets.
  Result<void> take(std::string_view what, std::string_view who, const Allowance& allowance);
  // The same answer without taking anything.
  Result<void> check(std::string_view what, std::string_view who, const Allowance& allowance);
  // Takes one try if there is one.
  void count(std::string_view what, std::string_view who, const Allowance& allowance);
  // Whether this bucket has hardly been used.
  bool is_fresh(std::string_view what, std::string_view who, const Allowance& allowance);

 private:
  struct Bucket {
    double tries;
    double per_second;
    double burst;
    std::chrono::steady_clock::time_point at;
  };
  static constexpr std::size_t kMaxBuckets = 100'000;

  Bucket& bucket(std::string_view what, std::string_view who, const Allowance& allowance);
  void forget_full_buckets(std::chrono::steady_clock::time_point now);

  const base::Clock& clock_;
  std::mutex lock_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace ownkey::accounts
