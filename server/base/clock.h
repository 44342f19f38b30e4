// Time, behind an interface so that tests can set it. Safe from several threads.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace ownkey::base {

// Wall-clock time in whole milliseconds since 1970 (UTC); what the databases keep.
using Time = std::chrono::sys_time<std::chrono::milliseconds>;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() const = 0;
  // Never goes back; for durations and deadlines.
  virtual std::chrono::steady_clock::time_point steady() const { return std::chrono::steady_clock::now(); }
};

class SystemClock final : public Clock {
 public:
  Time now() const override;
};

// RFC 3339 in UTC with milliseconds: "2026-11-24T09:30:00.125Z".
std::string rfc3339(Time time);

inline std::int64_t to_millis(Time time) { return time.time_since_epoch().count(); }
inline Time from_millis(std::int64_t millis) { return Time(std::chrono::milliseconds(millis)); }

}  // namespace ownkey::base
