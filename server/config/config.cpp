#include "server/config/config.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "shared/text.h"
#include "shared/validation.h"

namespace ownkey::config {
namespace {

constexpr std::string_view kSimulator = "http://127.0.0.1:8091";
constexpr std::size_t kLeastMetricsToken = 16;

Error bad(Setting setting, const std::string& text) {
  return {ErrorKind::InvalidRequest, std::string(info_of(setting).name) + ": " + text};
}

std::vector<std::string> comma_list(std::string_view text) {
  std::vector<std::string> items;
  while (!text.empty()) {
    const auto comma = text.find(',');
    const auto item = trimmed(text.substr(0, comma));
    if (!item.empty()) items.emplace_back(item);
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
  }
  return items;
}

std::optional<int> port_number(std::string_view text) {
  int port = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size() || port < 0 || port > 65535) return std::nullopt;
  return port;
}

// Reads each setting out of the merged values, remembering the first error.
class Reader {
 public:
  explicit Reader(SettingValues values) : values_(std::move(values)) {}

  std::string text(Setting setting) const {
    const auto found = values_.find(setting);
    return std::string(found == values_.end() ? info_of(setting).fallback : found->second.reveal());
  }

  std::optional<std::string> optional_text(Setting setting) const {
    auto value = text(setting);
    if (value.empty()) return std::nullopt;
    return value;
  }

  Secret secret(Setting setting) {
    const auto found = values_.find(setting);
    return found == values_.end() ? Secret() : std::move(found->second);
  }

  bool is_on(Setting setting) {
    const auto value = text(setting);
    if (value == "true" || value == "1" || value == "yes" || value == "on") return true;
    if (value == "false" || value == "0" || value == "no" || value == "off" || value.empty()) return false;
    fail(setting, "'" + value + "' is neither true nor false");
    return false;
  }

  bool is_set(Setting setting) const { return values_.contains(setting); }

  void fail(Setting setting, const std::string& problem) {
    if (!error) error = bad(setting, problem);
  }

  std::optional<Error> error;

 private:
  SettingValues values_;
};

Listen read_listen(Reader& reader) {
  const auto value = reader.text(Setting::Listen);
  const auto colon = value.rfind(':');
  const auto port = colon == std::string::npos ? std::nullopt : port_number(std::string_view(value).substr(colon + 1));
  auto host = value.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (!port || host.empty()) {
    reader.fail(Setting::Listen, "'" + value + "' is not ADDRESS:PORT, such as 127.0.0.1:8080");
    return {};
  }
  return {host, *port};
}

std::optional<std::string> read_origin(Reader& reader) {
  auto origin = reader.optional_text(Setting::PublicOrigin);
  if (!origin) return origin;
  if (origin->ends_with('/')) origin->pop_back();
  const auto scheme = origin->find("://");
  const auto name = scheme == std::string::npos ? std::string() : origin->substr(scheme + 3);
  const bool known = origin->starts_with("https://") || origin->starts_with("http://");
  if (!known || name.empty() || name.find_first_of("/?#@ ") != std::string::npos)
    reader.fail(Setting::PublicOrigin, "'" + *origin + "' is not like https://keys.example.com");
  return lowered(*origin);
}

std::string read_base_url(Reader& reader, bool demo, Setting setting, std::string_view path_of_simulator) {
  if (demo && !reader.is_set(setting)) return std::string(kSimulator) + std::string(path_of_simulator);
  auto url = reader.text(setting);
  while (url.ends_with('/')) url.pop_back();
  if (!url.starts_with("https://") && !url.starts_with("http://"))
    reader.fail(setting, "'" + url + "' does not begin with https:// (or http:// for this machine)");
  return url;
}

Registration read_registration(Reader& reader) {
  const auto value = reader.text(Setting::Registration);
  if (value == "first-user") return Registration::FirstUser;
  if (value == "closed") return Registration::Closed;
  if (value != "open") reader.fail(Setting::Registration, "'" + value + "' is not one of open, first-user, closed");
  return Registration::Open;
}

base::LogLevel read_log(Reader& reader) {
  using enum base::LogLevel;
  const auto value = reader.text(Setting::Log);
  for (const auto& [name, level] : {std::pair{"debug", Debug},
                                    {"info", Info},
                                    {"warning", Warning},
                                    {"error", base::LogLevel::Error},
                                    {"off", Off}})
    if (value == name) return level;
  reader.fail(Setting::Log, "'" + value + "' is not one of debug, info, warning, error, off");
  return Info;
}

std::int64_t read_number(Reader& reader, Setting setting, std::int64_t least, std::int64_t most) {
  const auto value = reader.text(setting);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc{} || end != value.data() + value.size() || number < least || number > most)
    reader.fail(setting,
                "'" + value + "' is not a number from " + std::to_string(least) + " to " + std::to_string(most));
  return number;
}

std::size_t read_count(Reader& reader, Setting setting, std::int64_t least, std::int64_t most) {
  return static_cast<std::size_t>(read_number(reader, setting, least, most));
}

Secret read_metrics_token(Reader& reader) {
  auto token = reader.secret(Setting::MetricsToken);
  if (!token.empty() && token.size() < kLeastMetricsToken)
    reader.fail(Setting::MetricsToken, "it is shorter than " + std::to_string(kLeastMetricsToken) + " bytes");
  return token;
}

constexpr std::array kMasterKeys{Setting::EncryptionKey, Setting::Keys, Setting::KeysFile};

bool has_master_keys(const SettingValues& values) {
  return std::ranges::any_of(kMasterKeys, [&](auto setting) {
    const auto found = values.find(setting);
    return found != values.end() && !found->second.empty();
  });
}

void drop_master_keys(SettingValues& values) {
  for (const auto setting : kMasterKeys) values.erase(setting);
}

void check_master_keys(Reader& reader, const Config& config) {
  const int key_sources =
      int(!config.encryption_key.empty()) + int(!config.keys.empty()) + int(config.keys_file.has_value());
  if (key_sources > 1) reader.fail(Setting::Keys, "set only one of ENCRYPTION_KEY, OWNKEY_KEYS and OWNKEY_KEYS_FILE");
}

}  // namespace

Result<Config> make_config(SettingValues flags, SettingValues environment, SettingValues env_file) {
  if (has_master_keys(flags)) drop_master_keys(environment);
  if (has_master_keys(flags) || has_master_keys(environment)) drop_master_keys(env_file);
  // merge() keeps what is there already, so the strongest source goes first.
  flags.merge(environment);
  flags.merge(env_file);
  Reader reader(std::move(flags));
  Config config;
  config.data = reader.text(Setting::Data);
  if (config.data.empty()) reader.fail(Setting::Data, "name a folder");
  config.listen = read_listen(reader);
  config.public_origin = read_origin(reader);
  config.assets = reader.optional_text(Setting::Assets);
  config.tls_cert = reader.optional_text(Setting::TlsCert);
  config.tls_key = reader.optional_text(Setting::TlsKey);
  config.demo = reader.is_on(Setting::Demo);
  config.encryption_key = reader.secret(Setting::EncryptionKey);
  config.keys = reader.secret(Setting::Keys);
  config.keys_file = reader.optional_text(Setting::KeysFile);
  config.base_urls[Provider::OpenAi] = read_base_url(reader, config.demo, Setting::OpenAiBaseUrl, "/v1");
  config.base_urls[Provider::Anthropic] = read_base_url(reader, config.demo, Setting::AnthropicBaseUrl, "");
  config.base_urls[Provider::Google] = read_base_url(reader, config.demo, Setting::GoogleBaseUrl, "/v1beta");
  config.custom_endpoints = comma_list(reader.text(Setting::CustomEndpoints));
  config.ca_file = reader.optional_text(Setting::CaFile);
  config.proxy = reader.optional_text(Setting::Proxy);
  config.allow_system_keys = reader.is_on(Setting::AllowSystemKeys);
  for (const auto& [provider, setting] : {std::pair{Provider::OpenAi, Setting::SystemOpenAiKey},
                                          {Provider::Anthropic, Setting::SystemAnthropicKey},
                                          {Provider::Google, Setting::SystemGoogleKey}})
    if (auto key = reader.secret(setting); !key.empty()) config.system_keys.emplace(provider, std::move(key));
  if (!config.allow_system_keys) config.ignores_system_keys = !std::exchange(config.system_keys, {}).empty();
  config.registration = read_registration(reader);
  config.trusted_proxies = comma_list(reader.text(Setting::TrustedProxies));
  config.max_connections = read_count(reader, Setting::MaxConnections, 8, 100'000);
  config.metrics_token = read_metrics_token(reader);
  config.runs_per_user = read_count(reader, Setting::RunsPerUser, 1, 10'000);
  config.runs_at_once = read_count(reader, Setting::RunsAtOnce, 1, 10'000);
  config.run_timeout = std::chrono::seconds(read_number(reader, Setting::RunTimeout, 1, 86'400));
  if (const auto tokens = read_number(reader, Setting::RunTokens, 0, INT64_MAX); tokens > 0) config.run_tokens = tokens;
  config.run_history = std::chrono::days(read_number(reader, Setting::RunHistoryDays, 1, 36'500));
  config.tool_hosts = comma_list(reader.text(Setting::ToolHosts));
  if (reader.text(Setting::WikipediaUrl) != "off") config.wikipedia_url = reader.text(Setting::WikipediaUrl);
  config.log = read_log(reader);
  check_master_keys(reader, config);
  if (reader.error) return std::move(*reader.error);
  return config;
}

}  // namespace ownkey::config
