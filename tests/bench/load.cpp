#include "tests/bench/load.h"

#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "tests/bench/sockets.h"

namespace ownkey::bench {
namespace {

constexpr int kEventsAtOnce = 64;
constexpr int kPatienceMillis = 10'000;

std::size_t whole_size(std::string_view answer) {
  const auto end = answer.find("\r\n\r\n");
  if (end == std::string_view::npos) return 0;
  constexpr std::string_view kOk = "HTTP/1.1 200";
  if (!answer.starts_with(kOk)) throw std::runtime_error("an answer is not 200: " + std::string(answer));
  constexpr std::string_view kLength = "Content-Length: ";
  const auto length = answer.find(kLength);
  if (length > end) throw std::runtime_error("an answer does not tell its length");
  return end + 4 + std::stoul(std::string(answer.substr(length + kLength.size(), 12)));
}

double share_of(std::vector<float>& sorted, double share) {
  return sorted.empty() ? 0 : sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

}  // namespace

Load::Load(int port, std::vector<std::string> requests) : epoll_(epoll_create1(EPOLL_CLOEXEC)) {
  for (auto& request : requests) {
    lines_.push_back({.socket = connect_to(port), .request = std::move(request)});
    epoll_event event{.events = EPOLLIN, .data = {.u64 = lines_.size() - 1}};
    epoll_ctl(epoll_, EPOLL_CTL_ADD, lines_.back().socket, &event);
  }
}

Load::~Load() {
  for (const auto& line : lines_) ::close(line.socket);
  ::close(epoll_);
}

Measured Load::run(std::chrono::milliseconds time) {
  std::vector<float> latencies;
  const auto begin = Clock::now(), end = begin + time;
  for (auto& line : lines_) ask(line);
  std::size_t waiting = lines_.size();
  std::array<epoll_event, kEventsAtOnce> events;
  while (waiting > 0) {
    const int count = epoll_wait(epoll_, events.data(), kEventsAtOnce, kPatienceMillis);
    if (count == 0) throw std::runtime_error("a request was not answered within ten seconds");
    for (int i = 0; i < count; ++i) {
      auto& line = lines_[events[static_cast<std::size_t>(i)].data.u64];
      if (!read(line)) continue;
      const auto now = Clock::now();
      latencies.push_back(std::chrono::duration<float, std::milli>(now - line.asked).count());
      if (now < end) ask(line);
      else --waiting;
    }
  }
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  std::ranges::sort(latencies);
  return {static_cast<double>(latencies.size()) / seconds, share_of(latencies, 0.5), share_of(latencies, 0.99)};
}

void Load::ask(Line& line) {
  line.answer.clear();
  line.expected = 0;
  line.asked = Clock::now();
  send_all(line.socket, line.request);
}

bool Load::read(Line& line) {
  std::array<char, 16384> bytes;
  const auto got = ::recv(line.socket, bytes.data(), bytes.size(), MSG_DONTWAIT);
  if (got < 0 && errno == EAGAIN) return false;
  if (got <= 0) throw std::runtime_error("the server closed a connection");
  line.answer.append(bytes.data(), static_cast<std::size_t>(got));
  if (line.expected == 0) line.expected = whole_size(line.answer);
  return line.expected > 0 && line.answer.size() >= line.expected;
}

}  // namespace ownkey::bench
