#include "server/config/settings.h"

namespace ownkey::config {
namespace {

using enum Setting;

constexpr std::array<SettingInfo, 32> kSettings{{
    {Data, "OWNKEY_DATA", "--data", "data", "folder of the databases and the master key file; made with mode 0700"},
    {Listen, "OWNKEY_LISTEN", "--listen", "127.0.0.1:8080", "address and port to serve on; port 0 picks a free one"},
    {PublicOrigin, "OWNKEY_PUBLIC_ORIGIN", "--public-origin", "",
     "what people type to reach this server, such as https://keys.example.com; needed behind a "
     "reverse proxy, and where people come by another name or address than the one listened on"},
    {Assets, "OWNKEY_ASSETS", "--assets", "", "folder of the web app; the one beside the program when not set"},
    {TlsCert, "OWNKEY_TLS_CERT", "--tls-cert", "", "certificate chain (PEM) to serve https directly"},
    {TlsKey, "OWNKEY_TLS_KEY", "--tls-key", "", "private key (PEM) of the certificate"},
    {Demo, "OWNKEY_DEMO", "--demo", "false",
     "send the calls for all three providers to the simulator on http://127.0.0.1:8091 unless a base URL is set",
     Secrecy::Open, true},
    {EncryptionKey, "ENCRYPTION_KEY", "", "",
     "master key: 32 bytes in url-safe base64, as 'ownkey keygen' prints them; it gets the id k1", Secrecy::Secret},
    {Keys, "OWNKEY_KEYS", "", "",
     "several master keys: 'k2:<base64>,k1:<base64>'; the first encrypts, the others only decrypt", Secrecy::Secret},
    {KeysFile, "OWNKEY_KEYS_FILE", "--keys-file", "",
     "file with a master key or a list of them; only its owner may read it; DATA/master.key when nothing is set"},
    {OpenAiBaseUrl, "OWNKEY_OPENAI_BASE_URL", "--openai-base-url", "https://api.openai.com/v1",
     "where calls to OpenAI go; http is fine for an address of this machine"},
    {AnthropicBaseUrl, "OWNKEY_ANTHROPIC_BASE_URL", "--anthropic-base-url", "https://api.anthropic.com",
     "where calls to Anthropic go"},
    {GoogleBaseUrl, "OWNKEY_GOOGLE_BASE_URL", "--google-base-url", "https://generativelanguage.googleapis.com/v1beta",
     "where calls to Google Gemini go"},
    {CustomEndpoints, "OWNKEY_CUSTOM_ENDPOINTS", "--custom-endpoints", "",
     "hosts that people may enter as base URL of an OpenAI-compatible service, separated by commas, such as "
     "localhost:11434 or *.example.com (https and a public address only); without a port, any port of a host written "
     "out in full; none when empty; with a proxy, only hosts written out in full"},
    {CaFile, "OWNKEY_CA_FILE", "--ca-file", "",
     "certificates (PEM) to trust for calls to providers, instead of the system's"},
    {Proxy, "OWNKEY_PROXY", "--proxy", "", "http proxy for calls to providers, such as http://proxy.example.com:3128"},
    {AllowSystemKeys, "OWNKEY_ALLOW_SYSTEM_KEYS", "--allow-system-keys", "false",
     "true lets people without a key of their own run on the system keys below", Secrecy::Open, true},
    {SystemOpenAiKey, "OWNKEY_SYSTEM_OPENAI_KEY", "", "", "system key for OpenAI", Secrecy::Secret},
    {SystemAnthropicKey, "OWNKEY_SYSTEM_ANTHROPIC_KEY", "", "", "system key for Anthropic", Secrecy::Secret},
    {SystemGoogleKey, "OWNKEY_SYSTEM_GOOGLE_KEY", "", "", "system key for Google Gemini", Secrecy::Secret},
    {Registration, "OWNKEY_REGISTRATION", "--registration", "open",
     "who may create an account: open (everyone), first-user (one, then closed), closed"},
    {TrustedProxies, "OWNKEY_TRUSTED_PROXIES", "--trusted-proxies", "",
     "addresses or networks (10.0.0.0/8) of reverse proxies whose X-Forwarded-For is believed, separated by commas"},
    {MaxConnections, "OWNKEY_MAX_CONNECTIONS", "--max-connections", "1024",
     "connections served at the same time, 8 to 100000"},
    {MetricsToken, "OWNKEY_METRICS_TOKEN", "", "",
     "token of 16 bytes or more that /metrics asks for (Authorization: Bearer); without one only this machine may ask, "
     "and nobody behind a reverse proxy",
     Secrecy::Secret},
    {RunsPerUser, "OWNKEY_RUNS_PER_USER", "--runs-per-user", "16",
     "runs of one person at the same time; more of them wait for their turn"},
    {RunsAtOnce, "OWNKEY_RUNS_AT_ONCE", "--runs-at-once", "512", "runs of all people at the same time"},
    {RunTimeout, "OWNKEY_RUN_TIMEOUT", "--run-timeout", "900", "seconds that a run may take, 1 to 86400"},
    {RunTokens, "OWNKEY_RUN_TOKENS", "--run-tokens", "0", "tokens that a run may use; 0 for no limit"},
    {RunHistoryDays, "OWNKEY_RUN_HISTORY_DAYS", "--run-history-days", "30",
     "days for which runs that have ended are kept, with their logs; 1,000 runs and 64 MiB a person at most"},
    {ToolHosts, "OWNKEY_TOOL_HOSTS", "--tool-hosts", "",
     "hosts that workflows may fetch pages from with the tool http_get, separated by commas, best with their port as "
     "above; none when empty, which switches it off; with a proxy, only hosts written out in full"},
    {WikipediaUrl, "OWNKEY_WIKIPEDIA_URL", "--wikipedia-url", "https://en.wikipedia.org",
     "which Wikipedia the tool wikipedia asks; 'off' for none"},
    {Log, "OWNKEY_LOG", "--log", "info", "least level that is logged: debug, info, warning, error, off"},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kSettings.size(); ++i)
    if (static_cast<std::size_t>(kSettings[i].setting) != i) return false;
  return true;
}
static_assert(in_order(), "the table lists the settings in the order of the enum");

std::string cell(std::string_view text) { return text.empty() ? " " : "`" + std::string(text) + "`"; }

}  // namespace

std::span<const SettingInfo> all_settings() { return kSettings; }

const SettingInfo& info_of(Setting setting) { return kSettings[static_cast<std::size_t>(setting)]; }

std::string settings_markdown() {
  std::string text =
      "# Settings\n\n"
      "A flag wins over the environment, the environment over a file `.env` in the working directory. A name that "
      "begins\n"
      "with `OWNKEY_` and is not listed here ends the start, so that a typo cannot pass unseen. Secrets have no "
      "flag.\n\n"
      "| setting | flag | default | meaning |\n| --- | --- | --- | --- |\n";
  for (const auto& info : kSettings) {
    text += "| `" + std::string(info.name) + "` | " + cell(info.flag) + " | " + cell(info.fallback) + " | " +
            std::string(info.meaning) + " |\n";
  }
  return text;
}

}  // namespace ownkey::config
