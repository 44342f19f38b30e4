#include "server/llm/connection_pool.h"

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
      if (std::chrono::steady_clock::now() - taken.since > kMaxWait) too_old.swap(found->second);
    }
    const bool is_old = std::chrono::steady_clock::now() - taken.since > kMaxWait;
    if (!is_old && taken.connection->is_fresh()) return std::move(taken.connection);
  }
}

void ConnectionPool::put(const Endpoint& endpoint, std::unique_ptr<Connection> connection) {
  Waiting oldest;  // closed after the lock is free again
  const std::lock_guard lock(mutex_);
  auto& list = waiting_[name_of(endpoint)];
  if (list.size() == kMaxPerHost) {
    oldest = std::move(list.front());
    list.erase(list.begin());
  }
  list.push_back({std::move(connection), std::chrono::steady_clock::now()});
}

}  // namespace ownkey::llm
