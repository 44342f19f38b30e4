// Crowd: very many clients of one server, driven by one thread over non-blocking sockets of loopback.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ownkey::front_load {

class Crowd {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Crowd(int port) : port_(port) {}
  ~Crowd();
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;

  // Begins that many connections at once, without waiting for one of them.
  void connect(std::size_t count);
  // Those that are connected send this, as far as it can be sent now.
  void send(std::string_view text);
  // Waits until each has got an answer's first line, or was closed, or the time is over; how many of each.
  struct Outcome {
    std::size_t answered = 0;  // with any status
    std::size_t good = 0;      // 2xx
    std::size_t closed = 0;    // without an answer
    std::size_t silent = 0;    // nothing at all in time
  };
  Outcome wait_for_answers(std::chrono::milliseconds patience);
  // Waits until all connections are there; how many are.
  std::size_t wait_until_connected(std::chrono::milliseconds patience);

 private:
  struct Client {
    int socket;
    bool connected = false;
    bool closed = false;
    std::string answer = {};
  };

  void look(std::chrono::milliseconds time);
  void read(Client& client);

  int port_;
  int epoll_ = -1;
  std::vector<Client> clients_;
};

}  // namespace ownkey::front_load
