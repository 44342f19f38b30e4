// A clock that stands still until a test moves it.
#pragma once

#include <atomic>

#include "server/base/clock.h"

namespace ownkey::test {

class FakeClock final : public base::Clock {
 public:
  base::Time now() const override { return start_ + passed_.load(); }
  std::chrono::steady_clock::time_point steady() const override { return steady_start_ + passed_.load(); }

  void advance(std::chrono::milliseconds time) { passed_ = passed_.load() + time; }

 private:
  const base::Time start_{std::chrono::milliseconds(1'790'000'000'000)};
  const std::chrono::steady_clock::time_point steady_start_ = std::chrono::steady_clock::now();
  std::atomic<std::chrono::milliseconds> passed_{std::chrono::milliseconds(0)};
};

}  // namespace ownkey::test
