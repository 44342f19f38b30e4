#include "web/pages/format.h"

#include <algorithm>
#include <array>
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

}  // namespace

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
  return std::string(time.substr(11, 5)) + " UTC";
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

std::string counted(std::int64_t count, std::string_view one) {
  return std::to_string(count) + " " + std::string(one) + (count == 1 ? "" : "s");
}

}  // namespace ownkey::pages
