#include "server/http/poller.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <system_error>
#include <vector>

namespace ownkey::http {
namespace {

constexpr int kEventsAtOnce = 128;

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

}  // namespace

Poller::Poller() : epoll_(epoll_create1(EPOLL_CLOEXEC)), stirrer_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (epoll_ < 0 || stirrer_ < 0) fail("epoll");
  epoll_event event{.events = EPOLLIN, .data = {.fd = stirrer_}};
  if (epoll_ctl(epoll_, EPOLL_CTL_ADD, stirrer_, &event) != 0) fail("epoll_ctl");
  thread_ = std::thread(&Poller::run, this);
}

Poller::~Poller() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  stir();
  thread_.join();
  close(stirrer_);
  close(epoll_);
}

void Poller::park(int socket, Direction direction, Moment until, Wake wake) {
  {
    const std::lock_guard lock(mutex_);
    if (!waking_all_) {
      add(socket, direction == Direction::Read ? EPOLLIN | EPOLLRDHUP : EPOLLOUT, {std::move(wake), true, until});
      return;
    }
  }
  wake();
}

void Poller::watch(int socket, Wake gone) {
  const std::lock_guard lock(mutex_);
  add(socket, EPOLLRDHUP, {std::move(gone), false, Moment::max()});
}

void Poller::forget(int socket) {
  const std::lock_guard lock(mutex_);
  if (take(socket)) epoll_ctl(epoll_, EPOLL_CTL_DEL, socket, nullptr);
}

void Poller::wake_all() {
  std::vector<Wake> wakes;
  {
    const std::lock_guard lock(mutex_);
    waking_all_ = true;
    std::vector<int> parked;
    for (const auto& [socket, entry] : entries_)
      if (entry.parked) parked.push_back(socket);
    for (const int socket : parked) {
      wakes.push_back(take(socket));
      epoll_ctl(epoll_, EPOLL_CTL_DEL, socket, nullptr);
    }
  }
  for (const auto& wake : wakes) wake();
}

void Poller::add(int socket, std::uint32_t events, Entry entry) {
  deadlines_.emplace(entry.until, socket);
  const bool first = deadlines_.begin()->second == socket;
  entries_.insert_or_assign(socket, std::move(entry));
  epoll_event event{.events = events | EPOLLONESHOT, .data = {.fd = socket}};
  // A socket stays in the set, silent, after its event: changing it is the usual case, adding it the first.
  if (epoll_ctl(epoll_, EPOLL_CTL_MOD, socket, &event) != 0 && epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event) != 0)
    fail("epoll_ctl");
  if (first) stir();
}

Poller::Wake Poller::take(int socket) {
  const auto found = entries_.find(socket);
  if (found == entries_.end()) return {};
  Wake wake = std::move(found->second.wake);
  deadlines_.erase({found->second.until, socket});
  entries_.erase(found);
  return wake;
}

void Poller::stir() {
  const std::uint64_t one = 1;
  // Cannot fail but by being stirred 2^64 times before the thread looks.
  [[maybe_unused]] const auto written = write(stirrer_, &one, sizeof one);
}

// Milliseconds until the next deadline, rounded up; -1 when there is none.
int Poller::wait_time() {
  const std::lock_guard lock(mutex_);
  if (deadlines_.empty() || deadlines_.begin()->first == Moment::max()) return -1;
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(deadlines_.begin()->first - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
}

void Poller::run() {
  std::array<epoll_event, kEventsAtOnce> events;
  std::vector<Wake> wakes;
  while (true) {
    const int count = epoll_wait(epoll_, events.data(), kEventsAtOnce, wait_time());
    {
      const std::lock_guard lock(mutex_);
      if (ending_) return;
      for (int i = 0; i < count; ++i) {
        const int socket = events[static_cast<std::size_t>(i)].data.fd;
        if (socket != stirrer_) wakes.push_back(take(socket));
      }
      const auto now = std::chrono::steady_clock::now();
      while (!deadlines_.empty() && deadlines_.begin()->first <= now) {
        const int socket = deadlines_.begin()->second;
        wakes.push_back(take(socket));
        epoll_ctl(epoll_, EPOLL_CTL_DEL, socket, nullptr);
      }
    }
    std::uint64_t stirred = 0;
    [[maybe_unused]] const auto got = read(stirrer_, &stirred, sizeof stirred);
    for (const auto& wake : wakes)
      if (wake) wake();
    wakes.clear();
  }
}

}  // namespace ownkey::http
