// Connections: how many there are, from where, and which, so that nobody takes all of them and a stop reaches each.
// Safe from several threads.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <unordered_map>

#include "server/http/address.h"

namespace ownkey::http {

class Connections {
 public:
  // One address (of IPv6, one /64) gets a quarter of `most`, at least 64. Addresses for which `exempt` is true (our
  // proxies, loopback) speak for many clients and are not counted by address. Streams get three quarters: the rest is
  // for plain requests.
  Connections(std::size_t most, std::function<bool(const IpAddress&)> exempt);

  // Refuse: tell it that the server is full. Drop: there are too many even of those.
  enum class Entry { Welcome, Refuse, Drop };
  using Id = const void*;

  // What a stop does to a connection. Called under the lock, so they must be quick.
  struct Stop {
    std::function<void()> cancel;  // its request; the answer can still go out
    std::function<void()> shut;    // its socket
  };
  // Unless dropped, leave() must follow.
  Entry enter(Id id, const IpAddress& address, Stop stop);
  void leave(Id id);

  // A stream's share; false when streams have theirs. After true, end_stream() must follow.
  bool begin_stream();
  void end_stream();

  void cancel_all();
  void shut_all();
  // Until all have left, all were cancelled, or the time is over.
  void wait_until_empty_or_cancelled(std::chrono::milliseconds time);
  // Whether all have left in time.
  bool wait_until_empty(std::chrono::milliseconds time);

  std::size_t count() const;
  std::size_t streams() const;

 private:
  struct Guest {
    IpAddress subscriber;
    Entry entry;
    Stop stop;
  };

  const std::size_t most_;
  const std::function<bool(const IpAddress&)> exempt_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;  // empty or cancelled
  bool cancelled_ = false;
  std::unordered_map<Id, Guest> guests_;
  std::map<IpAddress, std::size_t> by_address_;  // of those that are welcome
  std::size_t refused_ = 0;                      // of guests_, those that were told to come later
  std::size_t streams_ = 0;
};

}  // namespace ownkey::http
