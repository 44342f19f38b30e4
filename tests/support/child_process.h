// ChildProcess: a program that runs beside the test, ended when this goes. Its output lands in files.
#pragma once

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/temp_folder.h"

namespace ownkey::test {

// Waits until `condition` holds; false when it does not within the time.
inline bool eventually(const std::function<bool()>& condition,
                       std::chrono::milliseconds patience = std::chrono::seconds(10)) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

class ChildProcess {
 public:
  using Environment = std::vector<std::string>;  // "NAME=value"; nothing is inherited but PATH

  ChildProcess(const std::vector<std::string>& command, Environment environment = {}) {
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    const auto out = (folder_ / "out").string(), err = (folder_ / "err").string();
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    environment.emplace_back("PATH=/usr/bin:/bin");
    auto arguments = pointers(command), variables = pointers(environment);
    const int failed =
        posix_spawn(&process_, command.front().c_str(), &files, nullptr, arguments.data(), variables.data());
    posix_spawn_file_actions_destroy(&files);
    if (failed) throw std::runtime_error("cannot run " + command.front());
  }
  ~ChildProcess() {
    if (!exit_status_) stop(SIGKILL);
  }
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  pid_t id() const { return process_; }
  std::string out() const { return read_file(folder_ / "out"); }
  std::string err() const { return read_file(folder_ / "err"); }

  // Whether it has ended; its exit status then is exit_status().
  bool has_ended() {
    int status = 0;
    if (!exit_status_ && waitpid(process_, &status, WNOHANG) == process_) note(status);
    return exit_status_.has_value();
  }
  // Of an ended process; 128 + signal when a signal ended it.
  int exit_status() const { return exit_status_.value(); }

  int stop(int signal = SIGTERM) {
    ::kill(process_, signal);
    return wait();
  }
  int wait() {
    int status = 0;
    if (!exit_status_ && waitpid(process_, &status, 0) == process_) note(status);
    return exit_status();
  }

 private:
  static std::vector<char*> pointers(const std::vector<std::string>& texts) {
    std::vector<char*> list;
    for (const auto& text : texts) list.push_back(const_cast<char*>(text.c_str()));
    list.push_back(nullptr);
    return list;
  }
  void note(int status) { exit_status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

  TempFolder folder_;
  pid_t process_ = 0;
  std::optional<int> exit_status_;
};

}  // namespace ownkey::test
