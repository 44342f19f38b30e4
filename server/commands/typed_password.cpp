#include "server/commands/typed_password.h"

#include <termios.h>
#include <unistd.h>

#include <iostream>
#include <string>
#include <utility>

namespace ownkey::commands {
namespace {

// While it lives, a terminal shows nothing of what is typed.
class HiddenTyping {
 public:
  HiddenTyping() : is_terminal_(::tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!is_terminal_) return;
    auto hidden = before_;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    std::cerr << "new password: " << std::flush;
  }
  ~HiddenTyping() {
    if (!is_terminal_) return;
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    std::cerr << '\n';
  }
  HiddenTyping(const HiddenTyping&) = delete;
  HiddenTyping& operator=(const HiddenTyping&) = delete;

 private:
  termios before_{};
  bool is_terminal_;
};

}  // namespace

Result<Secret> read_password() {
  std::string line;
  const bool came = [&] {
    const HiddenTyping hidden;
    return static_cast<bool>(std::getline(std::cin, line));
  }();
  if (!came) return Error{ErrorKind::InvalidRequest, "no password came on standard input"};
  if (line.ends_with('\r')) line.pop_back();
  return Secret::take(std::move(line));
}

}  // namespace ownkey::commands
