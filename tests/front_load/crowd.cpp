#include "tests/front_load/crowd.h"

#include <arpa/inet.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <stdexcept>

namespace ownkey::front_load {
namespace {

constexpr std::size_t kStatusLine = 12;  // "HTTP/1.1 200"

}  // namespace

Crowd::~Crowd() {
  for (const auto& client : clients_) ::close(client.socket);
  if (epoll_ >= 0) ::close(epoll_);
}

void Crowd::connect(std::size_t count) {
  epoll_ = ::epoll_create1(0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port_));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  clients_.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (socket < 0) throw std::runtime_error("no more sockets: raise the limit of open files (ulimit -n)");
    const int begun = ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    if (begun != 0 && errno != EINPROGRESS) throw std::runtime_error("cannot connect");
    epoll_event event{.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data = {.u64 = clients_.size()}};
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event);
    clients_.push_back({socket});
  }
}

void Crowd::send(std::string_view text) {
  for (auto& client : clients_)
    if (client.connected && !client.closed && ::send(client.socket, text.data(), text.size(), MSG_NOSIGNAL) < 0)
      client.closed = errno != EAGAIN;
}

void Crowd::look(std::chrono::milliseconds time) {
  std::array<epoll_event, 512> events;
  const int count =
      ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), static_cast<int>(time.count()));
  for (int i = 0; i < count; ++i) {
    const auto& event = events[static_cast<std::size_t>(i)];
    auto& client = clients_[event.data.u64];
    if (event.events & EPOLLOUT) client.connected = true;
    if (event.events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) read(client);
  }
}

void Crowd::read(Client& client) {
  std::array<char, 4096> bytes;
  for (;;) {
    const auto got = ::recv(client.socket, bytes.data(), bytes.size(), 0);
    if (got > 0) {
      if (client.answer.size() < kStatusLine) client.answer.append(bytes.data(), static_cast<std::size_t>(got));
      continue;
    }
    if (got == 0 || errno != EAGAIN) client.closed = true;
    return;
  }
}

std::size_t Crowd::wait_until_connected(std::chrono::milliseconds patience) {
  const auto end = Clock::now() + patience;
  const auto connected = [this] {
    return static_cast<std::size_t>(std::ranges::count_if(clients_, [](const auto& one) { return one.connected; }));
  };
  while (connected() < clients_.size() && Clock::now() < end) look(std::chrono::milliseconds(20));
  return connected();
}

Crowd::Outcome Crowd::wait_for_answers(std::chrono::milliseconds patience) {
  const auto end = Clock::now() + patience;
  const auto is_done = [](const Client& client) { return client.answer.size() >= kStatusLine || client.closed; };
  while (!std::ranges::all_of(clients_, is_done) && Clock::now() < end) look(std::chrono::milliseconds(20));
  Outcome outcome;
  for (const auto& client : clients_) {
    if (client.answer.size() >= kStatusLine) {
      ++outcome.answered;
      if (client.answer[kStatusLine - 3] == '2') ++outcome.good;
    } else if (client.closed) {
      ++outcome.closed;
    } else {
      ++outcome.silent;
    }
  }
  return outcome;
}

}  // namespace ownkey::front_load
