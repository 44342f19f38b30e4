// Server: listens, guards, routes and answers until it is told to stop.
//
//   Server server(options, std::move(routes), {authenticate, limit, log, clock});
//   auto port = server.bind();     // an Error if the port is taken or the options do not fit together
//   server.serve();                // returns when stop() was called and everything is answered
//
// bind() once, then serve() once, on one thread. bind() starts threads: block the signals that a thread of yours waits
// for before it. stop() and stop_now() may be called from any thread (not from inside a signal handler) and more than
// once. Borrows log and clock, which must outlive it. Handlers run on many threads at once.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/base/clock.h"
#include "server/base/log.h"
#include "server/base/metrics.h"
#include "server/http/route.h"
#include "server/http/session_guard.h"
#include "shared/result.h"

namespace ownkey::http {

struct Tls {
  std::filesystem::path certificate;  // PEM, with its chain
  std::filesystem::path key;
};

// How long the server waits for whom. Tests make them short.
struct Patience {
  std::chrono::milliseconds idle{75'000};       // between two requests
  std::chrono::milliseconds head{10'000};       // for a whole request head, from its first byte
  std::chrono::milliseconds body{10'000};       // before a body must come at 1 KiB/s, and between two pieces of it
  std::chrono::milliseconds write{30'000};      // for a client that reads nothing
  std::chrono::milliseconds drain{20'000};      // for running requests after stop()
  std::chrono::milliseconds last_words{3'000};  // the end of it: for answers and last events of what was cancelled
};

struct ServerOptions {
  std::string host = "127.0.0.1";  // an address or "localhost"; IPv6 without brackets
  int port = 0;                    // 0 = any free one
  std::optional<Tls> tls = {};
  std::optional<std::string> public_origin = {};  // scheme://host[:port] that people type
  std::vector<std::string> trusted_proxies = {};  // addresses or networks ("10.0.0.0/8")
  std::size_t max_connections = 1024;
  Patience patience = {};

  // Whether browsers reach it by https, here or at a proxy in front; decides the cookie and HSTS.
  bool https() const;
};

struct ServerParts {
  Authenticator authenticate;
  RateLimit limit;  // may be empty: no limit
  base::Log& log;
  const base::Clock& clock;
};

class Server {
 public:
  // Whether such a server can be, as far as can be told before it listens. bind() looks at the same.
  static Result<void> check(const ServerOptions& options);

  // Two routes with the same method and pattern, or a pattern that is not well formed, are a std::logic_error.
  Server(ServerOptions options, std::vector<Route> routes, ServerParts parts);
  ~Server();

  // The port it listens on.
  Result<int> bind();
  void serve();

  // Cancels what still runs for sessions that ended elsewhere: in another process, or by their age. Any thread may call
  // it, now and then.
  void cancel_ended(const std::function<bool(const Session&)>& has_ended);

  // No new connections; running requests get `patience.drain` to finish, and are cancelled shortly before it ends.
  void stop();
  // Also cancels what is running; serve() returns once it has said its last words.
  void stop_now();

  // After bind().
  void write_figures(base::MetricsText& text) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ownkey::http
