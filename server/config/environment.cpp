// Where settings come from: the environment of the process and a .env file.
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <numeric>

#include "server/config/config.h"
#include "shared/validation.h"

namespace ownkey::config {
namespace {

constexpr std::string_view kPrefix = "OWNKEY_";

const SettingInfo* find_setting(std::string_view name) {
  const auto settings = all_settings();
  const auto found = std::ranges::find(settings, name, &SettingInfo::name);
  return found == settings.end() ? nullptr : &*found;
}

// Levenshtein distance, for hints at a typo.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, change}));
    }
  }
  return row.back();
}

Error unknown_name(std::string_view name) {
  const auto settings = all_settings();
  const auto nearest =
      std::ranges::min_element(settings, {}, [&](const auto& info) { return distance(name, info.name); });
  return {ErrorKind::InvalidRequest, "there is no setting " + std::string(name) + "; did you mean " +
                                         std::string(nearest->name) + "? docs/settings.md lists them all"};
}

std::string_view unquoted(std::string_view value) {
  value = trimmed(value);
  const bool quoted =
      value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front();
  return quoted ? value.substr(1, value.size() - 2) : value;
}

// Adds NAME=value when the name is ours.
Result<void> add(SettingValues& values, std::string_view name, std::string_view value) {
  const auto* info = find_setting(name);
  if (!info) {
    if (name.starts_with(kPrefix)) return unknown_name(name);
    return {};
  }
  if (!trimmed(value).empty()) values.insert_or_assign(info->setting, Secret(trimmed(value)));
  return {};
}

}  // namespace

Result<SettingValues> take_environment() {
  SettingValues values;
  for (char** entry = environ; *entry; ++entry) {
    const std::string_view text(*entry);
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    if (auto added = add(values, text.substr(0, equals), text.substr(equals + 1)); !added)
      return std::move(added.error());
  }
  for (const auto& info : all_settings()) {
    if (info.secrecy != Secrecy::Secret) continue;
    const std::string name(info.name);
    // In place first: /proc/PID/environ shows this memory even after the variable is unset.
    if (char* value = std::getenv(name.c_str())) wipe(value, std::strlen(value));
    unsetenv(name.c_str());
  }
  return values;
}

Result<SettingValues> parse_env_file(std::string_view text) {
  SettingValues values;
  while (!text.empty()) {
    const auto end = text.find('\n');
    auto line = trimmed(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (line.starts_with("export ")) line = trimmed(line.substr(7));
    const auto equals = line.find('=');
    if (line.starts_with('#') || equals == std::string_view::npos) continue;
    auto added = add(values, trimmed(line.substr(0, equals)), unquoted(line.substr(equals + 1)));
    if (!added) return std::move(added.error());
  }
  return values;
}

}  // namespace ownkey::config
