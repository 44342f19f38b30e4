// Sockets of loopback, as the programs here need them. What goes wrong is thrown: there is nothing to measure then.
#pragma once

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <stdexcept>
#include <string_view>

namespace ownkey::bench {

inline sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

inline void send_at_once(int socket) {
  const int on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

inline int connect_to(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto address = loopback(port);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(socket);
    throw std::runtime_error("cannot connect");
  }
  send_at_once(socket);
  return socket;
}

inline bool is_listening(int port) {
  try {
    ::close(connect_to(port));
    return true;
  } catch (const std::runtime_error&) {
    return false;
  }
}

// Listens on a free port of loopback and gives socket and port.
struct Listening {
  int socket;
  int port;
};
inline Listening listen_anywhere(int flags = 0) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | flags, 0);
  auto address = loopback(0);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(socket, generic, size) != 0 || ::listen(socket, SOMAXCONN) != 0) throw std::runtime_error("cannot listen");
  ::getsockname(socket, generic, &size);
  return {socket, ntohs(address.sin_port)};
}

// Free a moment ago: the choice of a program that is started would have to be read from its output first.
inline int free_port() {
  const auto listening = listen_anywhere();
  ::close(listening.socket);
  return listening.port;
}

// Waits where the other side reads slowly. False when it is gone.
inline bool try_send_all(int socket, std::string_view data) {
  while (!data.empty()) {
    const auto sent = ::send(socket, data.data(), data.size(), MSG_NOSIGNAL);
    if (sent >= 0) {
      data.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno == EAGAIN) {
      pollfd entry{.fd = socket, .events = POLLOUT, .revents = 0};
      ::poll(&entry, 1, -1);
    } else {
      return false;
    }
  }
  return true;
}

inline void send_all(int socket, std::string_view data) {
  if (!try_send_all(socket, data)) throw std::runtime_error("the server closed a connection");
}

}  // namespace ownkey::bench
