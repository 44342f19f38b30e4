#include "server/llm/circuit_breaker.h"

#include <algorithm>

#include "shared/fields.h"

namespace ownkey::llm {
namespace {

// Failures that lie further apart have nothing to do with each other.
constexpr auto kInARow = std::chrono::minutes(5);

std::string host_of(Provider provider, const Endpoint& endpoint) {
  return std::string(name_of(provider)) + " " + (endpoint.url.https ? "https" : "http") + " " + endpoint.url.host +
         ":" + std::to_string(endpoint.url.port);
}

Error refused(const Endpoint& endpoint, ErrorKind kind, std::chrono::steady_clock::duration wait) {
  const auto seconds =
      static_cast<int>(std::max<std::int64_t>(1, std::chrono::ceil<std::chrono::seconds>(wait).count()));
  const std::string what = kind == ErrorKind::ProviderUnreachable ? " could not be reached" : " had errors of its own";
  return {
      kind,
      endpoint.name + what + " several times in a row; this server asks it again in " + std::to_string(seconds) + " s",
      endpoint.url.host_header() + ": circuit open",
      {},
      seconds};
}

}  // namespace

bool CircuitBreaker::holds_back(const State& state, const base::UserId& user) const {
  return state.failures >= policy_.failures_in_a_row && (state.several || state.first == user);
}

Result<void> CircuitBreaker::ask(Provider provider, const Endpoint& endpoint, const base::UserId& user, Now now) {
  const std::lock_guard lock(mutex_);
  const auto found = states_.find(host_of(provider, endpoint));
  if (found == states_.end() || !holds_back(found->second, user)) return {};
  auto& state = found->second;
  if (now < state.closed_until) return refused(endpoint, state.kind, state.closed_until - now);
  state.closed_until = now + policy_.open_for;  // this one tries; the others wait for what comes of it
  return {};
}

void CircuitBreaker::succeeded(Provider provider, const Endpoint& endpoint) {
  const std::lock_guard lock(mutex_);
  if (!states_.empty()) states_.erase(host_of(provider, endpoint));
}

void CircuitBreaker::failed(Provider provider, const Endpoint& endpoint, const base::UserId& user, ErrorKind kind,
                            Now now) {
  const std::lock_guard lock(mutex_);
  const auto host = host_of(provider, endpoint);
  if (states_.size() >= kMaxHosts)
    std::erase_if(states_, [&](const auto& entry) { return entry.second.closed_until < now; });
  if (states_.size() >= kMaxHosts && !states_.contains(host)) return;
  auto& state = states_[host];
  if (now - state.closed_until > kInARow) state = {};
  if (state.failures == 0) state.first = user;
  state.several = state.several || state.first != user;
  state.failures = std::min(state.failures + 1, policy_.failures_in_a_row);
  state.kind = kind;
  state.closed_until = now + policy_.open_for;
}

void CircuitBreaker::abandoned(Provider provider, const Endpoint& endpoint, Now now) {
  const std::lock_guard lock(mutex_);
  if (const auto found = states_.find(host_of(provider, endpoint)); found != states_.end())
    found->second.closed_until = std::min(found->second.closed_until, now);
}

}  // namespace ownkey::llm
