#include "server/llm/connection_pool.h"

#include <algorithm>
#include <iterator>

namespace ownkey::llm {

// Connections are shared only between calls for which the same rules judged the address.
std::string ConnectionPool::name_of(const Endpoint& endpoint) {
  return (endpoint.url.https ? "s" : "p") + std::to_string(static_cast<int>(endpoint.trust)) + endpoint.url.host + ":" +
         std::to_string(endpoint.url.port);
}

std::unique_ptr<Connection> ConnectionPool::take(const Endpoint& endpoint) {
  const auto name = name_of(endpoint);
  for (;;) {
    Waiting taken;
    std::vector<Waiting> too_old;  // closed after the lock is free again
    {
      const std::lock_guard lock(mutex_);
      const auto found = waiting_.find(name);
      if (found == waiting_.end() || found->second.empty()) return nullptr;
      taken = std::move(found->second.back());
      found->second.pop_back();
      if (std::chrono::steady_clock::now() - taken.since > max_wait_) too_old.swap(found->second);
    }
    const bool is_old = std::chrono::steady_clock::now() - taken.since > max_wait_;
    if (!is_old && taken.connection->is_fresh()) return std::move(taken.connection);
  }
}

void ConnectionPool::put(const Endpoint& endpoint, std::unique_ptr<Connection> connection) {
  std::vector<Waiting> gone;  // closed after the lock is free again
  const auto now = std::chrono::steady_clock::now();
  const std::lock_guard lock(mutex_);
  take_old(gone, now);
  auto& list = waiting_[name_of(endpoint)];
  if (list.size() == kMaxPerHost) {
    gone.push_back(std::move(list.front()));
    list.erase(list.begin());
  }
  list.push_back({std::move(connection), now});
}

void ConnectionPool::take_old(std::vector<Waiting>& old, std::chrono::steady_clock::time_point now) {
  if (now - looked_for_old_ <= max_wait_) return;
  looked_for_old_ = now;
  for (auto& [host, list] : waiting_) {
    const auto young =
        std::ranges::find_if(list, [&](const Waiting& waiting) { return now - waiting.since <= max_wait_; });
    std::move(list.begin(), young, std::back_inserter(old));
    list.erase(list.begin(), young);
  }
  std::erase_if(waiting_, [](const auto& host) { return host.second.empty(); });
}

}  // namespace ownkey::llm
