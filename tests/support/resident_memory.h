// How much memory a process has.
#pragma once

#include <sys/types.h>
#include <unistd.h>

#include <cstdint>
#include <fstream>
#include <string>

namespace ownkey::test {

inline double resident_mib(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/statm");
  std::int64_t size = 0, resident = 0;
  status >> size >> resident;
  return static_cast<double>(resident * sysconf(_SC_PAGESIZE)) / (1 << 20);
}

}  // namespace ownkey::test
