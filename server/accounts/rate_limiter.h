// RateLimiter: the one limiter for everything that lets somebody guess: passwords, codes, keys.
//
// A token bucket for each (what, who), such as (a password, this account). Safe from several threads; memory is
// bounded: buckets that are full again are forgotten.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

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
  // Undoes one take().
  void give_back(std::string_view what, std::string_view who, const Allowance& allowance);
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

// Tries of which only those that fail shall count. They are taken before it is known whether they fail, as whoever asks
// at the same time must find them gone, and given back when this goes, unless they were spent. One thread at a time.
class Tries {
 public:
  explicit Tries(RateLimiter& limiter) : limiter_(limiter) {}
  ~Tries();
  Tries(const Tries&) = delete;
  Tries& operator=(const Tries&) = delete;

  // Takes one more; as RateLimiter::take().
  Result<void> take(std::string_view what, std::string_view who, const Allowance& allowance);
  // They have failed.
  void spend() { taken_.clear(); }

 private:
  struct Taken {
    std::string what;
    std::string who;
    Allowance allowance;
  };

  RateLimiter& limiter_;
  std::vector<Taken> taken_;
};

}  // namespace ownkey::accounts
