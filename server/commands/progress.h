// A line on a terminal that says how far a command has come, written anew again and again; nothing where standard error
// is no terminal. For one thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace ownkey::commands {

class Progress {
 public:
  explicit Progress(std::string what);
  // Leaves an empty line behind.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // `all` is 0 when nobody knows.
  void show(std::int64_t done, std::int64_t all = 0);

 private:
  std::string what_;
  bool on_terminal_;
  std::chrono::steady_clock::time_point next_{};
};

}  // namespace ownkey::commands
