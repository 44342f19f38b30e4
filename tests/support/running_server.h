// RunningServer: a real http::Server on a free port of loopback, with routes of the test's own, until it goes.
#pragma once

#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "server/base/clock.h"
#include "server/base/log.h"
#include "server/http/server.h"

namespace ownkey::test {

// Keeps the lines that were logged.
class LogLines {
 public:
  base::Log log() {
    return base::Log::to([this](std::string_view line) { add(line); }, base::Log::Format::Json);
  }
  bool has(std::string_view text) const {
    const std::lock_guard lock(mutex_);
    return all_.find(text) != std::string::npos;
  }

 private:
  void add(std::string_view line) {
    const std::lock_guard lock(mutex_);
    all_.append(line).append("\n");
  }

  mutable std::mutex mutex_;
  std::string all_;
};

// One session exists: its token is "good".
inline Result<http::Session> good_token(const Secret& token) {
  if (token.reveal() != "good") return Error{ErrorKind::Unauthenticated, "sign in again: this session has ended"};
  return http::Session{base::UserId("ada"), base::SessionId("session-1")};
}

class RunningServer {
 public:
  explicit RunningServer(std::vector<http::Route> routes, http::ServerOptions options = {},
                         http::Authenticator authenticate = good_token)
      : log_(lines.log()), server_(std::move(options), std::move(routes), {std::move(authenticate), {}, log_, clock_}) {
    auto bound = server_.bind();
    if (!bound) throw std::runtime_error(bound.error().public_text);
    port_ = *bound;
    thread_ = std::thread([this] { server_.serve(); });
  }
  ~RunningServer() {
    server_.stop_now();
    if (thread_.joinable()) thread_.join();
  }

  int port() const { return port_; }
  void stop() { server_.stop(); }
  void stop_now() { server_.stop_now(); }
  // Returns when everything is answered.
  void wait_until_stopped() { thread_.join(); }

  LogLines lines;

 private:
  base::Log log_;
  base::SystemClock clock_;
  http::Server server_;
  int port_ = 0;
  std::thread thread_;
};

}  // namespace ownkey::test
