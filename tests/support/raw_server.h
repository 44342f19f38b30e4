// A TCP server that says exactly what a test wants it to say, byte by byte.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace ownkey::test {

// One accepted connection.
class RawConnection {
 public:
  explicit RawConnection(int socket) : socket_(socket) {}

  void send(std::string_view data) { (void)!::send(socket_, data.data(), data.size(), MSG_NOSIGNAL); }

  // Reads the head of one request; empty when the other side left first.
  std::string read_head() {
    std::string head;
    char byte = 0;
    while (!head.ends_with("\r\n\r\n")) {
      if (::recv(socket_, &byte, 1, 0) != 1) return "";
      head += byte;
    }
    return head;
  }

  // Ends the connection with a reset instead of an orderly end (Linux: connect(2), AF_UNSPEC).
  void reset() {
    const sockaddr nowhere{AF_UNSPEC, {}};
    (void)::connect(socket_, &nowhere, sizeof nowhere);
  }

  // False once the other side is gone.
  bool try_send(std::string_view data) {
    while (!data.empty()) {
      const auto sent = ::send(socket_, data.data(), data.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      data.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  // True when the other side closes within the time.
  bool wait_for_close(int millis) {
    char buffer[4096];
    pollfd entry{socket_, POLLIN, 0};
    while (::poll(&entry, 1, millis) > 0)
      if (::recv(socket_, buffer, sizeof buffer, 0) <= 0) return true;
    return false;
  }

 private:
  int socket_;
};

// Runs `serve` for each connection, on a thread of its own; the connection closes when it returns.
class RawServer {
 public:
  explicit RawServer(std::function<void(RawConnection&)> serve) : serve_(std::move(serve)) {
    socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(socket_, generic, size) != 0 || ::listen(socket_, 64) != 0) throw std::runtime_error("cannot listen");
    ::getsockname(socket_, generic, &size);
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { accept_all(); });
  }

  ~RawServer() {
    ::shutdown(socket_, SHUT_RDWR);
    acceptor_.join();
    for (const int open : open_) ::shutdown(open, SHUT_RDWR);
    for (auto& thread : threads_) thread.join();
    for (const int open : open_) ::close(open);
    ::close(socket_);
  }
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  int port() const { return port_; }
  int connections() const { return connections_; }

 private:
  void accept_all() {
    for (;;) {
      const int accepted = ::accept(socket_, nullptr, nullptr);
      if (accepted < 0) return;
      ++connections_;
      open_.push_back(accepted);
      threads_.emplace_back([this, accepted] {
        RawConnection connection(accepted);
        serve_(connection);
        ::shutdown(accepted, SHUT_RDWR);
      });
    }
  }

  std::function<void(RawConnection&)> serve_;
  int socket_ = -1;
  int port_ = 0;
  std::atomic<int> connections_{0};
  std::vector<int> open_;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

}  // namespace ownkey::test
