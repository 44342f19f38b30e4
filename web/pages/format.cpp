#include "web/pages/format.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace ownkey::pages {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// What a text has in it, and what that stands for. Browsers name others too, to pass for them: the most particular
// first.
using Names = std::array<std::pair<std::string_view, std::string_view>, 6>;
constexpr Names kBrowsers{{{"Edg", "Edge"},
                           {"OPR/", "Opera"},
                           {"Firefox/", "Firefox"},
                           {"FxiOS/", "Firefox"},
                           {"Chrom", "Chrome"},
                           {"Safari/", "Safari"}}};
constexpr Names kSystems{{{"iPhone", "iPhone"},
                          {"iPad", "iPad"},
                          {"Android", "Android"},
                          {"Windows", "Windows"},
                          {"Mac OS X", "macOS"},
                          {"Linux", "Linux"}}};

std::string_view first_named(const Names& names, std::string_view text) {
  for (const auto& [mark, name] : names)
    if (text.find(mark) != std::string_view::npos) return name;
  return {};
}

// The number at a place of a text that has been seen to have digits there.
unsigned number(std::string_view text, std::size_t from, std::size_t count) {
  unsigned value = 0;
  for (const char c : text.substr(from, count)) value = value * 10 + static_cast<unsigned>(c - '0');
  return value;
}

bool is_date(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return false;
  constexpr std::array<std::size_t, 8> digits{0, 1, 2, 3, 5, 6, 8, 9};
  return std::all_of(digits.begin(), digits.end(), [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; });
}

bool is_moment(std::string_view text) {
  return is_date(text) && text.size() >= 19 && text[10] == 'T' && text[13] == ':' && text[16] == ':';
}

std::string two_digits(unsigned value) { return (value < 10 ? "0" : "") + std::to_string(value); }

}  // namespace

std::optional<std::int64_t> unix_time(std::string_view time) {
  using namespace std::chrono;
  if (!is_moment(time)) return std::nullopt;
  const sys_days date =
      year(static_cast<int>(number(time, 0, 4))) / month(number(time, 5, 2)) / std::chrono::day(number(time, 8, 2));
  return date.time_since_epoch().count() * std::int64_t{86400} + number(time, 11, 2) * 3600 + number(time, 14, 2) * 60 +
         number(time, 17, 2);
}

std::string local(const ui::Ui& ui, std::string_view time) {
  using namespace std::chrono;
  const auto utc = unix_time(time);
  if (!utc) return {};
  const sys_seconds there{seconds(*utc + ui.utc_offset_min(static_cast<double>(*utc)) * 60)};
  const auto date = floor<days>(there);
  const year_month_day parts{date};
  const auto minute = static_cast<unsigned>(duration_cast<std::chrono::minutes>(there - date).count());
  return std::to_string(static_cast<int>(parts.year())) + "-" + two_digits(static_cast<unsigned>(parts.month())) + "-" +
         two_digits(static_cast<unsigned>(parts.day())) + "T" + two_digits(minute / 60) + ":" +
         two_digits(minute % 60) + ":00";
}

std::string sentence(std::string_view message) {
  std::string text(message);
  if (text.empty()) return text;
  if (text.front() >= 'a' && text.front() <= 'z') text.front() = static_cast<char>(text.front() - 'a' + 'A');
  if (std::string_view(".!?…").find(text.back()) == std::string_view::npos) text += '.';
  return text;
}

std::string day(std::string_view time) {
  if (!is_date(time)) return {};
  const unsigned month = number(time, 5, 2);
  if (month < 1 || month > 12) return {};
  return std::to_string(number(time, 8, 2)) + " " + std::string(kMonths[month - 1]) + " " +
         std::string(time.substr(0, 4));
}

std::string time_of_day(std::string_view time) {
  if (!is_date(time) || time.size() < 16 || time[10] != 'T' || time[13] != ':') return {};
  return std::string(time.substr(11, 5)) + (time.ends_with('Z') ? " UTC" : "");
}

std::string moment(std::string_view time) {
  const std::string date = day(time), clock = time_of_day(time);
  return date.empty() || clock.empty() ? date : date + ", " + clock;
}

std::string program(std::string_view agent) {
  const std::string_view browser = first_named(kBrowsers, agent), system = first_named(kSystems, agent);
  std::string text(browser.empty() ? agent.substr(0, agent.find_first_of("/ ")) : browser);
  if (text.empty()) text = "Unknown program";
  return system.empty() ? text : text + " on " + std::string(system);
}

std::string duration(std::int64_t milliseconds) {
  if (milliseconds < 1000) return std::to_string(milliseconds) + " ms";
  const std::int64_t tenths = (milliseconds + 50) / 100;
  if (tenths < 600) return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
  const std::int64_t seconds = (milliseconds + 500) / 1000;
  return std::to_string(seconds / 60) + " min " + std::to_string(seconds % 60) + " s";
}

std::string minutes(std::int64_t seconds) {
  return seconds < 60 ? "less than a minute" : counted(seconds / 60, "minute");
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  constexpr std::size_t kMostDigits = 15;
  std::int64_t value = 0;
  std::size_t digits = 0;
  for (const char c : text) {
    if (c == ',' || c == ' ' || c == '_') continue;  // as people group the digits
    if (c < '0' || c > '9' || ++digits > kMostDigits) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return digits == 0 ? std::nullopt : std::optional(value);
}

std::string grouped(std::int64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, 1, ',');
  return text;
}

std::string compact(std::int64_t number) {
  if (number < 10'000) return grouped(number);
  const bool millions = number >= 1'000'000;
  const std::int64_t tenths = number / (millions ? 100'000 : 100);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + (millions ? " M" : " k");
}

std::string counted(std::int64_t count, std::string_view one) {
  return std::to_string(count) + " " + std::string(one) + (count == 1 ? "" : "s");
}

}  // namespace ownkey::pages
