// The one table of settings: everything that an operator can set, with its default and its meaning.
// Flags, environment names, --help and docs/settings.md all come from it.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace ownkey::config {

enum class Setting {
  Data,
  Listen,
  PublicOrigin,
  Assets,
  TlsCert,
  TlsKey,
  Demo,
  EncryptionKey,
  Keys,
  KeysFile,
  OpenAiBaseUrl,
  AnthropicBaseUrl,
  GoogleBaseUrl,
  CustomEndpoints,
  CaFile,
  Proxy,
  AllowSystemKeys,
  SystemOpenAiKey,
  SystemAnthropicKey,
  SystemGoogleKey,
  Registration,
  TrustedProxies,
  MaxConnections,
  MetricsToken,
  RunsPerUser,
  RunsAtOnce,
  RunTimeout,
  RunTokens,
  RunHistoryDays,
  ToolHosts,
  WikipediaUrl,
  Log,
};

// Secret settings have no flag (a command line is there for every user of the machine to see) and are taken out of the
// process environment once they are read.
enum class Secrecy { Open, Secret };

struct SettingInfo {
  Setting setting;
  std::string_view name;      // "OWNKEY_MAX_CONNECTIONS", in the environment and in .env
  std::string_view flag;      // "--max-connections"; empty for a secret
  std::string_view fallback;  // the value when nothing is set; may be empty
  std::string_view meaning;   // one line for people
  Secrecy secrecy = Secrecy::Open;
  bool is_switch = false;  // true/false; the flag takes no value
};

std::span<const SettingInfo> all_settings();
const SettingInfo& info_of(Setting setting);

// docs/settings.md, made from the table.
std::string settings_markdown();

}  // namespace ownkey::config
