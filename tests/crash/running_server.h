// RunningServer: `ownkey serve` that is killed and started again; each start is timed.
#pragma once

#include <csignal>
#include <filesystem>
#include <string>

#include "tests/crash/report.h"
#include "tests/support/ownkey_server.h"

namespace ownkey::crash {

class RunningServer {
 public:
  // Borrows the report.
  explicit RunningServer(Report& report) : report_(report) {}

  void kill() { server_.stop(SIGKILL); }
  // Until it is ready. Throws when it does not come back.
  void start() {
    const auto begin = std::chrono::steady_clock::now();
    server_.start();
    const auto took = std::chrono::steady_clock::now() - begin;
    report_.add_start(std::chrono::duration_cast<std::chrono::milliseconds>(took));
  }

  // The process alone, and what it came to.
  void launch() { server_.launch(); }
  void wait_until_ready() { server_.wait_until_ready(); }
  pid_t process() const { return server_.process(); }
  int exit_status() { return server_.stop(SIGKILL); }
  std::string log() const { return server_.log(); }

  int port() const { return server_.port(); }
  std::filesystem::path data() const { return server_.data(); }
  // As OWNKEY_KEYS has them.
  std::string master_keys() const {
    const auto key = test::read_file(data() / "master.key");
    return key.substr(0, key.find('\n'));
  }

 private:
  Report& report_;
  test::OwnkeyServer server_;
};

}  // namespace ownkey::crash
