#include "server/http/server.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <thread>
#include <utility>

#include "server/http/acceptor.h"
#include "server/http/connection.h"
#include "shared/text.h"

namespace ownkey::http {
namespace {

// The library asks for 5, which a burst of new clients overruns.
constexpr int kBacklog = 4096;
// For handlers to return when nobody hears them any more.
constexpr std::chrono::milliseconds kAfterShut{5000};
constexpr std::chrono::milliseconds kBeforeListeningAgain{200};

bool is_local(std::string_view host) {
  const auto address = parse_ip(host);
  return host == "localhost" || (address && is_loopback(*address));
}

// By which names, and through whom, people reach the server.
struct Reach {
  Origin origin;
  TrustedProxies proxies;
};

Result<Reach> reach_of(const ServerOptions& options) {
  if (!options.tls && !options.public_origin && !is_local(options.host))
    return invalid("listen",
                   "listening on " + options.host +
                       " without TLS would send passwords and keys in the clear; give --tls-cert and --tls-key, "
                       "or --public-origin when a proxy in front has them");
  auto origin = Origin::make(options.host, options.public_origin, options.tls.has_value());
  if (!origin) return std::move(origin.error());
  auto proxies = TrustedProxies::parse(options.trusted_proxies);
  if (!proxies) return std::move(proxies.error());
  return Reach{std::move(*origin), std::move(*proxies)};
}

Error cannot_listen(const ServerOptions& options, int error) {
  const std::string where = options.host + ":" + std::to_string(options.port);
  switch (error) {
    case EADDRINUSE:
      return invalid("listen", "another program listens on " + where + " already; stop it, or choose another --listen");
    case EACCES: return invalid("listen", "listening on " + where + " is not permitted; choose a port from 1024 up");
    case EADDRNOTAVAIL:
      return invalid("listen", "this machine has no address " + options.host + "; choose another --listen");
    default: return invalid("listen", "cannot listen on " + where + ": " + std::strerror(error));
  }
}

}  // namespace

bool ServerOptions::https() const {
  return tls || (public_origin && same_name(std::string_view(*public_origin).substr(0, 8), "https://"));
}

struct Server::Impl {
  Impl(ServerOptions given, std::vector<Route> routes, ServerParts given_parts)
      : options(std::move(given)), parts(std::move(given_parts)), router(std::move(routes)) {}

  ~Impl();

  Result<void> prepare();
  Result<int> listen(int port);
  void listen_again();
  void make_acceptor();
  void forget_listener();
  bool stopping() const { return front->stopping.token().cancelled(); }

  ServerOptions options;
  ServerParts parts;
  Router router;
  std::optional<Pipeline> pipeline;
  std::optional<Front> front;
  SSL_CTX* tls_context = nullptr;
  std::unique_ptr<httplib::Server> acceptor;
  int accepting = -1;  // the library's own; it closes it when it has served
  int port = 0;

  std::mutex listener_mutex;
  int listener = -1;  // the same socket under a number of ours, which stop() can use whatever the library does
};

Server::Impl::~Impl() {
  forget_listener();
  if (accepting >= 0) ::close(accepting);
}

void Server::Impl::forget_listener() {
  const std::lock_guard lock(listener_mutex);
  if (listener >= 0) ::close(std::exchange(listener, -1));
}

Result<void> Server::Impl::prepare() {
  auto reach = reach_of(options);
  if (!reach) return std::move(reach.error());
  const auto speaks_for_many = [proxies = reach->proxies](const IpAddress& address) {
    return is_loopback(address) || proxies.contains(address);
  };
  const SessionCookie cookie(options.https());
  pipeline.emplace(Pipeline::Parts{.router = std::move(router),
                                   .session_guard = SessionGuard(parts.authenticate, cookie),
                                   .limit = parts.limit,
                                   .origin = std::move(reach->origin),
                                   .proxies = std::move(reach->proxies),
                                   .log = parts.log});
  front.emplace(*pipeline, options, parts, speaks_for_many);
  return {};
}

void Server::Impl::make_acceptor() {
  const auto take = [this](int socket) { Connection::begin(*front, socket, tls_context); };
  if (!options.tls) {
    acceptor = std::make_unique<Acceptor<httplib::Server>>(take);
    return;
  }
  auto secure =
      std::make_unique<Acceptor<httplib::SSLServer>>(take, options.tls->certificate.c_str(), options.tls->key.c_str());
  tls_context = secure->ssl_context();
  acceptor = std::move(secure);
}

Result<int> Server::Impl::listen(int wanted_port) {
  make_acceptor();
  if (!acceptor->is_valid())
    return invalid("tls_cert", "the certificate " + options.tls->certificate.string() + " and the key " +
                                   options.tls->key.string() + " cannot be read, or do not belong together");
  int socket = -1;
  acceptor->set_socket_options([&](int created) {
    // Not the library's SO_REUSEPORT: it would let a second server share the port instead of failing.
    const int on = 1;
    setsockopt(created, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    socket = created;
  });
  errno = 0;
  int bound = wanted_port;
  if (wanted_port == 0) bound = acceptor->bind_to_any_port(options.host);
  else if (!acceptor->bind_to_port(options.host, wanted_port)) bound = -1;
  if (bound < 0) return cannot_listen(options, errno);
  ::listen(socket, kBacklog);
  accepting = socket;
  const std::lock_guard lock(listener_mutex);
  listener = fcntl(socket, F_DUPFD_CLOEXEC, 0);
  return bound;
}

// The library gives up accepting when the system is out of memory or files for a moment.
void Server::Impl::listen_again() {
  parts.log.error("accepting connections failed; listening again", {{"port", port}});
  forget_listener();
  while (!stopping()) {
    std::this_thread::sleep_for(kBeforeListeningAgain);
    if (const auto bound = listen(port)) return;
  }
}

Result<void> Server::check(const ServerOptions& options) {
  const auto reach = reach_of(options);
  return reach ? Result<void>() : reach.error();
}

Server::Server(ServerOptions options, std::vector<Route> routes, ServerParts parts)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(routes), std::move(parts))) {}
Server::~Server() = default;

Result<int> Server::bind() {
  if (auto prepared = impl_->prepare(); !prepared) return std::move(prepared.error());
  auto port = impl_->listen(impl_->options.port);
  if (port) impl_->port = *port;
  return port;
}

void Server::serve() {
  auto& front = *impl_->front;
  do {
    impl_->acceptor->listen_after_bind();
    impl_->accepting = -1;
    if (!impl_->stopping()) impl_->listen_again();
  } while (!impl_->stopping());
  impl_->forget_listener();
  front.poller.wake_all();
  const auto& patience = impl_->options.patience;
  const auto last_words = std::min(patience.last_words, patience.drain);
  front.connections.wait_until_empty_or_cancelled(patience.drain - last_words);
  if (front.connections.count() == 0) return;
  impl_->parts.log.warning("requests still run and are cancelled", {{"connections", front.connections.count()}});
  front.connections.cancel_all();
  if (front.connections.wait_until_empty(last_words)) return;
  front.connections.shut_all();
  front.connections.wait_until_empty(kAfterShut);
}

void Server::cancel_ended(const std::function<bool(const Session&)>& has_ended) {
  if (impl_->front) impl_->front->session_requests.end(has_ended);
}

void Server::stop() {
  if (!impl_->front) return;
  impl_->front->stopping.cancel();
  const std::lock_guard lock(impl_->listener_mutex);
  // Makes accept() fail, now and from now on.
  if (impl_->listener >= 0) ::shutdown(impl_->listener, SHUT_RDWR);
}

void Server::stop_now() {
  stop();
  if (impl_->front) impl_->front->connections.cancel_all();
}

void Server::write_figures(base::MetricsText& text) const {
  using Kind = base::MetricsText::Kind;
  const auto& front = *impl_->front;
  front.figures.write(text);
  text.begin("ownkey_connections", Kind::Gauge, "open connections");
  text.value(front.connections.count());
  text.begin("ownkey_streams", Kind::Gauge, "answers that are open streams");
  text.value(front.connections.streams());
  text.begin("ownkey_worker_threads", Kind::Gauge, "threads that answer requests, busy or idle");
  text.value(front.workers.threads());
}

}  // namespace ownkey::http
