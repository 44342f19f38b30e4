#include "server/llm/connection.h"

#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>

namespace ownkey::llm {
namespace {

constexpr std::size_t kMaxProxyHead = 8192;

std::string_view cause_of(int error) {
  switch (error) {
    case ECONNREFUSED: return "the connection was refused";
    case ETIMEDOUT: return "it does not answer";
    case ENETUNREACH:
    case EHOSTUNREACH: return "there is no way to it in the network";
    default: return "the connection failed";
  }
}

int millis_until(Deadline deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, INT_MAX));
}

// Part of the time for each address, so that one that swallows packets does not use up the others' time.
Deadline share_of(Deadline deadline, std::size_t addresses_left) {
  const auto now = std::chrono::steady_clock::now();
  return now + (deadline - now) / static_cast<std::int64_t>(addresses_left);
}

}  // namespace

Error unreachable(const Endpoint& endpoint, std::string_view cause, std::string log_text) {
  return {
      ErrorKind::ProviderUnreachable,
      endpoint.name + " cannot be reached: " + std::string(cause) + "; check the server's network, or try again later",
      endpoint.url.host_header() + ": " + (log_text.empty() ? std::string(cause) : std::move(log_text))};
}

Result<std::unique_ptr<Connection>> Connection::open(const Endpoint& endpoint, const Way& way, Deadline deadline,
                                                     const base::CancelToken& cancel) {
  const bool by_proxy = endpoint.url.https && !way.proxy.empty();
  std::string host = endpoint.url.host;
  int port = endpoint.url.port;
  if (by_proxy) {
    const auto proxy = Url::parse(way.proxy);
    if (!proxy || proxy->https) return unreachable(endpoint, "the server's proxy setting is not an http:// URL");
    // The proxy resolves names by its own rules, so no user's choice of a name comes this far (endpoint.h); an address
    // can be judged here.
    if (const auto ip = IpAddress::parse_any_form(host))
      if (auto refused = refusal(endpoint.url, *ip, endpoint.trust)) return std::move(*refused);
    host = proxy->host;
    port = proxy->port;
  }
  auto connection = open_tcp(endpoint, host, port, way, !by_proxy, deadline, cancel);
  if (!connection || !endpoint.url.https) return connection;
  const auto wake = cancel.on_cancel([made = connection->get()] { made->shut_down(); });
  if (by_proxy)
    if (auto tunnel = (*connection)->open_tunnel(endpoint, deadline); !tunnel) return std::move(tunnel.error());
  if (auto started = (*connection)->start_tls(endpoint, *way.tls, deadline); !started)
    return std::move(started.error());
  return connection;
}

Result<std::unique_ptr<Connection>> Connection::open_tcp(const Endpoint& endpoint, const std::string& host, int port,
                                                         const Way& way, bool judged, Deadline deadline,
                                                         const base::CancelToken& cancel) {
  auto addresses = way.resolver(host, port, deadline, cancel);
  if (!addresses) return unreachable(endpoint, addresses.error().public_text, addresses.error().log_text);
  Error last = unreachable(endpoint, "its name has no address");
  for (std::size_t i = 0; i < addresses->size() && !cancel.cancelled(); ++i) {
    const auto& address = (*addresses)[i];
    const auto ip = IpAddress::from(address.get());
    if (!ip) continue;
    if (judged) {
      if (auto refused = refusal(endpoint.url, *ip, endpoint.trust)) {
        last = std::move(*refused);
        continue;
      }
    }
    const int socket = ::socket(address.get().sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (socket < 0)
      return Error{ErrorKind::Internal, "this server has too many connections open; try again", "socket failed"};
    std::unique_ptr<Connection> connection(new Connection(socket));
    const auto wake = cancel.on_cancel([made = connection.get()] { made->shut_down(); });
    auto connected = connection->connect(address, share_of(deadline, addresses->size() - i));
    if (connected) return connection;
    last = unreachable(endpoint, connected.error().public_text, ip->text() + ": " + connected.error().public_text);
  }
  return last;
}

Connection::~Connection() {
  session_.reset();
  ::close(socket_);
}

Result<void> Connection::connect(const SocketAddress& address, Deadline deadline) {
  const auto failure = [](std::string_view cause) { return Error{ErrorKind::ProviderUnreachable, std::string(cause)}; };
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(socket_, &address.get(), address.size) == 0) return {};
  if (errno != EINPROGRESS) return failure(cause_of(errno));
  const Io wait = wait_for(POLLOUT, deadline);
  if (wait != Io::Done) return failure(cause_of(wait == Io::TimedOut ? ETIMEDOUT : ECONNABORTED));
  int error = 0;
  socklen_t size = sizeof error;
  ::getsockopt(socket_, SOL_SOCKET, SO_ERROR, &error, &size);
  if (error != 0) return failure(cause_of(error));
  return {};
}

// RFC 9110 §9.3.6. The proxy sees the host's name and port, and TLS after that.
Result<void> Connection::open_tunnel(const Endpoint& endpoint, Deadline deadline) {
  const auto& host = endpoint.url.host;
  const bool is_ipv6 = host.find(':') != std::string::npos;
  const std::string target = (is_ipv6 ? "[" + host + "]" : host) + ":" + std::to_string(endpoint.url.port);
  const std::string request = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n";
  if (write(request, deadline) != Io::Done) return unreachable(endpoint, "the proxy does not answer");
  std::string head;
  // Byte by byte: what comes behind the empty line belongs to TLS.
  while (!head.ends_with("\r\n\r\n")) {
    char byte = 0;
    if (head.size() == kMaxProxyHead || read(&byte, 1, deadline).io != Io::Done)
      return unreachable(endpoint, "the proxy does not answer");
    head += byte;
  }
  if (head.starts_with("HTTP/1.1 2") || head.starts_with("HTTP/1.0 2")) return {};
  return unreachable(endpoint, "the proxy refused", "proxy: " + head.substr(0, head.find('\r')));
}

Result<void> Connection::start_tls(const Endpoint& endpoint, const TlsContext& tls, Deadline deadline) {
  auto session = tls.session(socket_, endpoint.url.host);
  if (!session) return std::move(session.error());
  session_ = std::move(*session);
  for (;;) {
    ERR_clear_error();
    const int result = SSL_connect(session_.get());
    if (result == 1) return {};
    switch (wait_for_tls(result, deadline)) {
      case Io::Done: continue;
      case Io::TimedOut: return unreachable(endpoint, cause_of(ETIMEDOUT));
      case Io::Closed: break;
    }
    const long verdict = SSL_get_verify_result(session_.get());
    if (verdict == X509_V_OK) return unreachable(endpoint, "it does not speak TLS as expected");
    const std::string reason = X509_verify_cert_error_string(verdict);
    return Error{ErrorKind::ProviderUnreachable,
                 endpoint.name + " did not prove who it is: its certificate is not valid here (" + reason +
                     "); the operator must check the base URL, the clock, or the server's certificate authorities",
                 endpoint.url.host_header() + ": certificate: " + reason};
  }
}

Connection::Received Connection::read(char* data, std::size_t size, Deadline deadline) {
  for (;;) {
    Io wait = Io::Done;
    if (session_) {
      ERR_clear_error();
      const int result = SSL_read(session_.get(), data, static_cast<int>(std::min<std::size_t>(size, INT_MAX)));
      if (result > 0) return {Io::Done, static_cast<std::size_t>(result)};
      wait = wait_for_tls(result, deadline);
    } else {
      const ssize_t result = ::recv(socket_, data, size, 0);
      if (result > 0) return {Io::Done, static_cast<std::size_t>(result)};
      if (result == 0 || (errno != EAGAIN && errno != EINTR)) return {Io::Closed, 0};
      wait = wait_for(POLLIN, deadline);
    }
    if (wait != Io::Done) return {wait, 0};
  }
}

Connection::Io Connection::write(std::string_view data, Deadline deadline) {
  while (!data.empty()) {
    Io wait = Io::Done;
    if (session_) {
      ERR_clear_error();
      const int result =
          SSL_write(session_.get(), data.data(), static_cast<int>(std::min<std::size_t>(data.size(), INT_MAX)));
      if (result > 0) data.remove_prefix(static_cast<std::size_t>(result));
      else wait = wait_for_tls(result, deadline);
    } else {
      const ssize_t result = ::send(socket_, data.data(), data.size(), MSG_NOSIGNAL);
      if (result >= 0) data.remove_prefix(static_cast<std::size_t>(result));
      else if (errno == EAGAIN || errno == EINTR) wait = wait_for(POLLOUT, deadline);
      else wait = Io::Closed;
    }
    if (wait != Io::Done) return wait;
  }
  return Io::Done;
}

void Connection::shut_down() {
  ended_ = true;
  ::shutdown(socket_, SHUT_RDWR);
}

bool Connection::is_fresh() {
  char byte = 0;
  if (session_) {
    ERR_clear_error();
    // Takes in what TLS sends on its own account, such as session tickets, and finds a closed connection out.
    const int result = SSL_peek(session_.get(), &byte, 1);
    return result <= 0 && SSL_get_error(session_.get(), result) == SSL_ERROR_WANT_READ;
  }
  return ::recv(socket_, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN;
}

Connection::Io Connection::wait_for_tls(int result, Deadline deadline) {
  switch (SSL_get_error(session_.get(), result)) {
    case SSL_ERROR_WANT_READ: return wait_for(POLLIN, deadline);
    case SSL_ERROR_WANT_WRITE: return wait_for(POLLOUT, deadline);
    default: return Io::Closed;
  }
}

Connection::Io Connection::wait_for(short events, Deadline deadline) {
  pollfd entry{socket_, events, 0};
  while (!ended_) {
    const int ready = ::poll(&entry, 1, millis_until(deadline));
    if (ready > 0) return Io::Done;
    if (ready == 0) return Io::TimedOut;
    if (errno != EINTR) break;
  }
  return Io::Closed;
}

}  // namespace ownkey::llm
