// Upstream: a provider that costs next to nothing, so that what is measured is ours. It speaks OpenAI's chat alone: a
// whole answer after `delay`, or a stream of `pieces` words whose first comes after `delay` and the others `between`
// apart. One thread, connections that stay open.
#pragma once

#include <chrono>
#include <cstdint>
#include <queue>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

namespace ownkey::bench {

class Upstream {
 public:
  struct Behaviour {
    std::chrono::milliseconds delay{0};
    int pieces = 16;
    std::chrono::milliseconds between{0};
  };

  explicit Upstream(Behaviour behaviour);
  ~Upstream();
  Upstream(const Upstream&) = delete;
  Upstream& operator=(const Upstream&) = delete;

  int port() const { return port_; }
  std::string base_url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/v1"; }

 private:
  using Clock = std::chrono::steady_clock;
  struct Line {
    std::uint64_t number;  // a socket's number may be another line's by the time that something is due
    std::string request = {};
    int next_piece = 0;
  };
  struct Due {
    Clock::time_point when;
    int socket;
    std::uint64_t line;
    bool whole;
    bool operator>(const Due& other) const { return when > other.when; }
  };

  void serve();
  void accept_one();
  void read(int socket);
  void begin_answer(int socket, Line& line, std::string_view body);
  void carry_out_due();
  void send_pieces(const Due& due, Line& line);
  void drop(int socket);
  int wait_millis() const;

  const Behaviour behaviour_;
  const std::string whole_;                // answer
  const std::vector<std::string> stream_;  // head, pieces, end
  int listener_;
  int port_;
  int epoll_;
  int stopper_;
  std::uint64_t lines_made_ = 0;
  std::unordered_map<int, Line> lines_;
  std::priority_queue<Due, std::vector<Due>, std::greater<>> due_;
  std::thread thread_;
};

// What each of the pieces says; all are of one length.
std::string piece_text(int number);

// A request for a chat, as a program sends it that has no server between.
std::string direct_request(bool streamed);

}  // namespace ownkey::bench
