#include "server/http/transport.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace ownkey::http {
namespace {

// TLS records hold no more; a larger write would only be cut again.
constexpr std::size_t kMaxTlsWrite = std::size_t{16} << 10;

bool wait_for(int socket, short events, std::chrono::milliseconds time) {
  pollfd entry{.fd = socket, .events = events, .revents = 0};
  return poll(&entry, 1, static_cast<int>(std::max<std::int64_t>(time.count(), 0))) > 0;
}

}  // namespace

Transport::Transport(int socket, SSL_CTX* context) : socket_(socket), ssl_(context ? SSL_new(context) : nullptr) {
  fcntl(socket_, F_SETFL, fcntl(socket_, F_GETFL) | O_NONBLOCK);
  // Answers go out in one piece; waiting for more (Nagle) would only delay them and the events of a stream.
  const int on = 1;
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  // Without memory for it nobody is served: a TLS port speaks nothing else.
  if (context && !ssl_) shutdown(socket_, SHUT_RDWR);
  if (ssl_) {
    SSL_set_fd(ssl_.get(), socket_);
    SSL_set_mode(ssl_.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  }
}

Transport::~Transport() {
  // Best effort: tells the peer that what it got is all there is.
  if (ssl_ && SSL_is_init_finished(ssl_.get())) SSL_shutdown(ssl_.get());
  ERR_clear_error();
  close(socket_);
}

Transport::State Transport::shake_hands() {
  if (!ssl_ || SSL_is_init_finished(ssl_.get())) return State::Done;
  ERR_clear_error();
  const int result = SSL_accept(ssl_.get());
  return result == 1 ? State::Done : state_after(result);
}

Transport::Read Transport::read(std::span<char> into) {
  if (ssl_) {
    ERR_clear_error();
    const int result = SSL_read(ssl_.get(), into.data(), static_cast<int>(into.size()));
    if (result > 0) return {State::Done, static_cast<std::size_t>(result)};
    return {state_after(result)};
  }
  while (true) {
    const auto result = recv(socket_, into.data(), into.size(), 0);
    if (result > 0) return {State::Done, static_cast<std::size_t>(result)};
    if (result < 0 && errno == EINTR) continue;
    return {result < 0 && errno == EAGAIN ? State::WantsRead : State::Closed};
  }
}

bool Transport::write(std::string_view data, std::chrono::milliseconds stall, Moment until) {
  auto progress = std::chrono::steady_clock::now();
  while (!data.empty()) {
    State state = State::WantsWrite;
    if (ssl_) {
      // OpenSSL writes without MSG_NOSIGNAL; cpp-httplib has the process ignore SIGPIPE.
      ERR_clear_error();
      const int result = SSL_write(ssl_.get(), data.data(), static_cast<int>(std::min(data.size(), kMaxTlsWrite)));
      if (result > 0) data.remove_prefix(static_cast<std::size_t>(result));
      state = result > 0 ? State::Done : state_after(result);
    } else {
      const auto result = send(socket_, data.data(), data.size(), MSG_NOSIGNAL);
      if (result >= 0) data.remove_prefix(static_cast<std::size_t>(result));
      state = result >= 0 ? State::Done : errno == EAGAIN || errno == EINTR ? State::WantsWrite : State::Closed;
    }
    if (state == State::Closed) return false;
    if (data.empty()) return true;
    const auto now = std::chrono::steady_clock::now();
    if (state == State::Done) progress = now;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(std::min(until, progress + stall) - now);
    if (left.count() <= 0) return false;
    if (state != State::Done) wait_for(socket_, state == State::WantsRead ? POLLIN : POLLOUT, left);
  }
  return true;
}

bool Transport::wait_readable(std::chrono::milliseconds time) const { return wait_for(socket_, POLLIN, time); }

void Transport::finish_writing() {
  if (ssl_) SSL_shutdown(ssl_.get());
  ::shutdown(socket_, SHUT_WR);
}

// Neither TLS's word that this is all nor the usual end of a connection, which would say the same.
void Transport::break_off() {
  ssl_.reset();
  const linger reset{.l_onoff = 1, .l_linger = 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
}

void Transport::shut() const { ::shutdown(socket_, SHUT_RDWR); }

Transport::State Transport::state_after(int result) const {
  switch (SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_WANT_READ: return State::WantsRead;
    case SSL_ERROR_WANT_WRITE: return State::WantsWrite;
    default: return State::Closed;
  }
}

void Transport::FreeSsl::operator()(SSL* ssl) const { SSL_free(ssl); }

}  // namespace ownkey::http
