// Config: what the operator wants, read once at start and never changed. Parts of the server do not see it: main hands
// each the small option struct that it needs.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "server/base/log.h"
#include "server/config/settings.h"
#include "shared/provider.h"
#include "shared/result.h"
#include "shared/secret.h"

namespace ownkey::config {

enum class Registration { Open, FirstUser, Closed };

struct Listen {
  std::string host;  // an address or "localhost"; an IPv6 address without its brackets
  int port = 0;      // 0 = any free one
};

struct Config {
  std::filesystem::path data;
  Listen listen;
  std::optional<std::string> public_origin;  // scheme://host[:port], without a path
  std::optional<std::filesystem::path> assets;
  std::optional<std::filesystem::path> tls_cert;
  std::optional<std::filesystem::path> tls_key;
  bool demo = false;

  // At most one of these two; both empty means the key file.
  Secret encryption_key;
  Secret keys;
  std::optional<std::filesystem::path> keys_file;

  std::map<Provider, std::string> base_urls;
  std::vector<std::string> custom_endpoints;
  std::optional<std::filesystem::path> ca_file;
  std::optional<std::string> proxy;
  bool allow_system_keys = false;
  std::map<Provider, Secret> system_keys;  // empty unless they are allowed
  bool ignores_system_keys = false;        // there are some

  Registration registration = Registration::Open;
  std::vector<std::string> trusted_proxies;
  std::size_t max_connections = 0;
  Secret metrics_token;  // may be empty
  std::size_t runs_per_user = 0;
  std::size_t runs_at_once = 0;
  std::chrono::seconds run_timeout{};
  std::optional<std::int64_t> run_tokens;
  std::chrono::days run_history{};
  std::vector<std::string> tool_hosts;
  std::string wikipedia_url;  // empty for none
  base::LogLevel log = base::LogLevel::Info;
};

// Values by setting; a setting that is not given has no entry.
using SettingValues = std::map<Setting, Secret>;

// Takes ENCRYPTION_KEY and everything named OWNKEY_… from the environment of this process, and overwrites and unsets
// the secret ones there. Call it before any thread starts. An unknown OWNKEY_ name is an error with the nearest known
// one.
Result<SettingValues> take_environment();

// The same from a text in the shape of a .env file: NAME=value lines, '#' comments, optional quotes and "export ".
// Names that are not ours are ignored, as such files are shared.
Result<SettingValues> parse_env_file(std::string_view text);

// Flags over environment over .env; checks every value that is plain text or a number here. The error names the setting
// and what it may be. A master key from a stronger source sets aside those of weaker ones, however they are given.
Result<Config> make_config(SettingValues flags, SettingValues environment, SettingValues env_file);

}  // namespace ownkey::config
