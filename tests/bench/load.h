// Load: connections to a server on this machine that ask again and again, each as soon as it was answered. One thread
// drives them all, so that a second processor is left to the server.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace ownkey::bench {

struct Measured {
  double per_second = 0;
  double p50_ms = 0;
  double p99_ms = 0;
};

class Load {
 public:
  // A connection for each request; it sends the same bytes every time.
  Load(int port, std::vector<std::string> requests);
  ~Load();
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

  // Throws when an answer is not 200 or a connection ends.
  Measured run(std::chrono::milliseconds time);

 private:
  using Clock = std::chrono::steady_clock;
  struct Line {
    int socket = -1;
    std::string request;
    std::string answer = {};
    std::size_t expected = 0;  // bytes of the whole answer, once its head is there
    Clock::time_point asked = {};
  };

  void ask(Line& line);
  // Whether a whole answer is there.
  bool read(Line& line);

  std::vector<Line> lines_;
  int epoll_;
};

}  // namespace ownkey::bench
