// Poller: one thread that watches the sockets which no worker is busy with, by epoll. Safe from several threads.
//
// It parks connections that wait for their client (idle, or with half a request) and watches those whose request runs
// for a client that leaves. A socket is in it at most once at a time, and stays open while it is.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <unordered_map>
#include <utility>

namespace ownkey::http {

class Poller {
 public:
  using Moment = std::chrono::steady_clock::time_point;
  enum class Direction { Read, Write };
  // Called once, on the poller's thread (or the caller's, when wake_all() was before); must be quick and not throw.
  using Wake = std::function<void()>;

  Poller();
  ~Poller();

  // Calls `wake` when the socket can be read (or written), is closed, or when `until` has come.
  void park(int socket, Direction direction, Moment until, Wake wake);

  // Calls `gone` when the client closes its side, unless forget() comes first.
  void watch(int socket, Wake gone);
  void forget(int socket);

  // Wakes everything that is parked, now and from now on. Watches go on.
  void wake_all();

 private:
  struct Entry {
    Wake wake;
    bool parked;
    Moment until;
  };

  void add(int socket, std::uint32_t events, Entry entry);
  void run();
  void stir();
  int wait_time();
  Wake take(int socket);

  int epoll_;
  int stirrer_;
  std::mutex mutex_;
  std::unordered_map<int, Entry> entries_;
  std::set<std::pair<Moment, int>> deadlines_;
  bool waking_all_ = false;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace ownkey::http
