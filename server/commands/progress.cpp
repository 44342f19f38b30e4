#include "server/commands/progress.h"

#include <unistd.h>

#include <iostream>
#include <utility>

namespace ownkey::commands {
namespace {

constexpr auto kPause = std::chrono::milliseconds(100);
constexpr std::string_view kClearLine = "\r\x1b[K";

}  // namespace

Progress::Progress(std::string what) : what_(std::move(what)), on_terminal_(::isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (on_terminal_) std::cerr << kClearLine << std::flush;
}

void Progress::show(std::int64_t done, std::int64_t all) {
  const auto now = std::chrono::steady_clock::now();
  if (!on_terminal_ || now < next_) return;
  next_ = now + kPause;
  std::cerr << kClearLine << what_ << ": " << done;
  if (all > 0) std::cerr << " of " << all << " (" << 100 * done / all << " %)";
  std::cerr << std::flush;
}

}  // namespace ownkey::commands
