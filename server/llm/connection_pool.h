// ConnectionPool: open connections that wait for their next request, by host. Safe from several threads.
//
// A connection belongs to nobody's key: the key travels with each request. The most recently used is taken first, so
// that a quiet time lets the others grow old and go; those of hosts that nobody asks any more go as well.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "server/llm/connection.h"

namespace ownkey::llm {

class ConnectionPool {
 public:
  // Less than the minute after which providers' front ends close on their side.
  static constexpr std::chrono::seconds kMaxWait{30};

  explicit ConnectionPool(std::chrono::milliseconds max_wait = kMaxWait) : max_wait_(max_wait) {}

  // A connection that is still good, or null.
  std::unique_ptr<Connection> take(const Endpoint& endpoint);
  void put(const Endpoint& endpoint, std::unique_ptr<Connection> connection);

 private:
  struct Waiting {
    std::unique_ptr<Connection> connection;
    std::chrono::steady_clock::time_point since;
  };

  static constexpr std::size_t kMaxPerHost = 128;

  static std::string name_of(const Endpoint& endpoint);
  // Moves the connections that are too old to `old`, and forgets hosts without any.
  void take_old(std::vector<Waiting>& old, std::chrono::steady_clock::time_point now);

  const std::chrono::milliseconds max_wait_;
  std::mutex mutex_;
  std::unordered_map<std::string, std::vector<Waiting>> waiting_;  // of each host, the one used last at the end
  std::chrono::steady_clock::time_point looked_for_old_{};
};

}  // namespace ownkey::llm
