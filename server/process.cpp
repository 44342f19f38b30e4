#include "server/process.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>

namespace ownkey {
namespace {

constexpr timespec kRound{2, 0};

sigset_t stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

}  // namespace

void harden_process() {
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  umask(S_IRWXG | S_IRWXO);
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
  }
  // A client that leaves in the middle of an answer is a failed write, not the end of the server.
  std::signal(SIGPIPE, SIG_IGN);
}

void hold_back_stop_signals() {
  const auto signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

void let_stop_signals_through() {
  const auto signals = stop_signals();
  constexpr timespec kAtOnce{};
  while (sigtimedwait(&signals, nullptr, &kAtOnce) > 0) continue;
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

void wait_for_stop(const std::function<void()>& look_around) {
  const auto signals = stop_signals();
  while (sigtimedwait(&signals, nullptr, &kRound) < 0) look_around();
}

}  // namespace ownkey
