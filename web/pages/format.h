// Numbers, times and messages as people read them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "web/ui/ui.h"

namespace ownkey::pages {

// Messages come in lower case and without a full stop (they are also logged and printed); a page shows sentences.
std::string sentence(std::string_view message);

// The seconds since 1970 of an RFC 3339 time in UTC; nothing if it is none.
std::optional<std::int64_t> unix_time(std::string_view time);

// An RFC 3339 time in UTC as the clocks of the person show it: for day, time_of_day and moment.
std::string local(const ui::Ui& ui, std::string_view time);

// The day of an RFC 3339 time: "24 Nov 2026". Empty if it is none.
std::string day(std::string_view time);

// The time of day: "12:34", or "12:34 UTC" of a time in UTC. Empty if it is none.
std::string time_of_day(std::string_view time);

// Both of them: "24 Nov 2026, 12:34". Empty if it is none.
std::string moment(std::string_view time);

// The program that a User-Agent text (RFC 9110 §10.1.5) stands for: "Firefox on Linux", "curl".
std::string program(std::string_view agent);

// "35 ms", "1.2 s", "3 min 5 s".
std::string duration(std::int64_t milliseconds);

// "less than a minute", "1 minute", "8 minutes".
std::string minutes(std::int64_t seconds);

// What people type as a whole number from 0 on; nothing if it is none.
std::optional<std::int64_t> whole_number(std::string_view text);

// "1,234,567"; "1.2 M".
std::string grouped(std::int64_t number);
std::string compact(std::int64_t number);

// "1 model", "27 models".
std::string counted(std::int64_t count, std::string_view one);

}  // namespace ownkey::pages
