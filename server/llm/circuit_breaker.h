// CircuitBreaker: spares people the wait for a host that does not answer, and the host their requests.
//
// After several failed calls in a row at one host of one provider, calls there are refused for a while; then one call
// may try, and its outcome decides. A failure is to find nobody, or an error of the provider's own (5xx): what a
// provider thinks of a key or of a request says that it is well. What one person alone ran into holds back that person
// alone, so that nobody can close a provider for others. Safe from several threads.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>

#include "server/base/ids.h"
#include "server/llm/endpoint.h"
#include "shared/provider.h"
#include "shared/result.h"

namespace ownkey::llm {

class CircuitBreaker {
 public:
  struct Policy {
    int failures_in_a_row = 5;
    std::chrono::seconds open_for{30};
  };
  using Now = std::chrono::steady_clock::time_point;

  CircuitBreaker() = default;
  explicit CircuitBreaker(Policy policy) : policy_(policy) {}

  // Asks before a call. The error is of the kind of the failures, and says when the host is asked again. Whoever is let
  // through says afterwards what came of it.
  Result<void> ask(Provider provider, const Endpoint& endpoint, const base::UserId& user, Now now);

  void succeeded(Provider provider, const Endpoint& endpoint);
  // `kind` is provider_unreachable or provider_overloaded.
  void failed(Provider provider, const Endpoint& endpoint, const base::UserId& user, ErrorKind kind, Now now);
  // Nothing was found out: the next one may try.
  void abandoned(Provider provider, const Endpoint& endpoint, Now now);

 private:
  struct State {
    int failures = 0;      // in a row
    base::UserId first;    // who ran into the first of them
    bool several = false;  // others did as well
    ErrorKind kind{};      // of the last
    Now closed_until{};    // for all but the one who tries; counts once there are enough failures
  };

  bool holds_back(const State& state, const base::UserId& user) const;

  // Only hosts in trouble have a state; beyond this many, trouble is not noted.
  static constexpr std::size_t kMaxHosts = 1000;

  const Policy policy_{};
  std::mutex mutex_;
  std::map<std::string, State> states_;
};

}  // namespace ownkey::llm
