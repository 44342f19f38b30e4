// OwnkeyServer: the real program over a data folder, with all providers pointing at a simulator in this process.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "tests/provider_sim/simulator.h"
#include "tests/support/child_process.h"
#include "tests/support/temp_folder.h"

namespace ownkey::test {

inline std::string ownkey_program() { return OWNKEY_BINARY_DIR "/ownkey"; }

class OwnkeyServer {
 public:
  explicit OwnkeyServer(std::vector<std::string> more_flags = {}, ChildProcess::Environment environment = {})
      : more_flags_(std::move(more_flags)), environment_(std::move(environment)) {
    if (!simulator_.start()) throw std::runtime_error("no simulator");
    write_file(assets_ / "index.html", "<!doctype html><title>Ownkey</title>");
    start();
  }

  void start() {
    launch();
    wait_until_ready();
  }
  // The process alone: it may not be ready yet.
  void launch() {
    std::vector<std::string> command{ownkey_program(),
                                     "serve",
                                     "--data",
                                     data().string(),
                                     "--listen",
                                     "127.0.0.1:0",
                                     "--assets",
                                     assets_.path().string(),
                                     "--openai-base-url",
                                     simulator_.origin() + "/v1",
                                     "--anthropic-base-url",
                                     simulator_.origin(),
                                     "--google-base-url",
                                     simulator_.origin() + "/v1beta"};
    command.insert(command.end(), more_flags_.begin(), more_flags_.end());
    process_ = std::make_unique<ChildProcess>(command, environment_);
  }
  // Throws when it has ended, or takes too long.
  void wait_until_ready() {
    const bool ready =
        eventually([&] { return process_->out().find('\n') != std::string::npos || process_->has_ended(); });
    const auto line = process_->out();
    const auto colon = line.rfind(':');
    if (!ready || colon == std::string::npos) throw std::runtime_error("the server did not start: " + process_->err());
    port_ = std::stoi(line.substr(colon + 1));
  }
  // The exit status.
  int stop(int signal = SIGTERM) { return process_->stop(signal); }

  int port() const { return port_; }
  pid_t process() const { return process_->id(); }
  std::filesystem::path data() const { return folder_ / "data"; }
  std::string log() const { return process_->err(); }
  provider_sim::RequestLog& seen_by_provider() { return seen_; }

 private:
  const std::vector<std::string> more_flags_;
  const ChildProcess::Environment environment_;
  TempFolder folder_, assets_;
  provider_sim::RequestLog seen_;
  provider_sim::Simulator simulator_{{}, seen_};
  std::unique_ptr<ChildProcess> process_;
  int port_ = 0;
};

}  // namespace ownkey::test
