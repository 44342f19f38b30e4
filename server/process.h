// What this program asks of the operating system for itself.
#pragma once

#include <functional>

namespace ownkey {

// No core dumps, no debugger of another process, no file of ours for others to read; as many open files as allowed.
void harden_process();

// Keeps SIGTERM and SIGINT for wait_for_stop(). Call it before any thread starts, so that all inherit it.
void hold_back_stop_signals();

// The other way round: from now on a stop signal ends the process at once. Those that came before are forgotten.
void let_stop_signals_through();

// Blocks until a stop signal comes, and calls `look_around` every two seconds meanwhile.
void wait_for_stop(const std::function<void()>& look_around);

}  // namespace ownkey
