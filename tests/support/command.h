// Runs the program with one of its commands, to its end.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/support/child_process.h"
#include "tests/support/ownkey_server.h"

namespace ownkey::test {

struct Ended {
  int status;
  std::string out;
  std::string err;
};

inline Ended run_ownkey(std::vector<std::string> arguments, ChildProcess::Environment environment = {}) {
  arguments.insert(arguments.begin(), ownkey_program());
  ChildProcess process(arguments, std::move(environment));
  if (!eventually([&] { return process.has_ended(); }, std::chrono::seconds(60))) process.stop(SIGKILL);
  return {process.exit_status(), process.out(), process.err()};
}

}  // namespace ownkey::test
