#include "server/serve.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <functional>
#include <iostream>
#include <iterator>
#include <thread>
#include <utility>
#include <vector>

#include "server/account_services.h"
#include "server/base/log.h"
#include "server/http/address.h"
#include "server/http/assets.h"
#include "server/http/handlers/handlers.h"
#include "server/http/server.h"
#include "server/installation/installation.h"
#include "server/llm/key_settings.h"
#include "server/llm/llm_service.h"
#include "server/process.h"
#include "server/store/late_writes.h"
#include "server/workflow_services.h"

namespace ownkey {
namespace {

// For one address. People behind one proxy share it, so it is wide; the narrow limit is the one for an account.
constexpr accounts::Allowance kTriesOfAddress{.burst = 300, .per_second = 2};
constexpr accounts::Allowance kTriesOfAll{.burst = 3000, .per_second = 50};

// The web app that was built beside this program, unless the operator names another folder.
std::filesystem::path assets_folder(const config::Config& config) {
  if (config.assets) return *config.assets;
  std::error_code error;
  return std::filesystem::read_symlink("/proc/self/exe", error).parent_path() / "web";
}

llm::Endpoints::Options endpoint_options(const config::Config& config) {
  return {config.base_urls.at(Provider::OpenAi), config.base_urls.at(Provider::Anthropic),
          config.base_urls.at(Provider::Google), config.custom_endpoints};
}

llm::LlmOptions llm_options(config::Config& config) {
  llm::LlmOptions options;
  options.endpoints = endpoint_options(config);
  options.system_keys = std::move(config.system_keys);
  options.ca_file = config.ca_file.value_or("").string();
  options.proxy = config.proxy.value_or("");
  return options;
}

http::ServerOptions server_options(const config::Config& config) {
  http::ServerOptions options;
  options.host = config.listen.host;
  options.port = config.listen.port;
  if (config.tls_cert) options.tls = http::Tls{*config.tls_cert, *config.tls_key};
  options.public_origin = config.public_origin;
  options.trusted_proxies = config.trusted_proxies;
  options.max_connections = config.max_connections;
  return options;
}

http::Authenticator authenticator(accounts::Sessions& sessions) {
  return [&sessions](const Secret& token) -> Result<http::Session> {
    auto session = sessions.find(token);
    if (!session) return std::move(session.error());
    return http::Session{std::move(session->user), std::move(session->id)};
  };
}

http::RateLimit rate_limit(accounts::RateLimiter& limiter) {
  return [&limiter](std::string_view subscriber) -> Result<void> {
    const bool is_fresh = limiter.is_fresh("address", subscriber, kTriesOfAddress);
    if (auto allowed = limiter.take("address", subscriber, kTriesOfAddress); !allowed) return allowed;
    // While the whole server is being tried, somebody who comes for the first time still gets in.
    if (auto allowed = limiter.take("all", "", kTriesOfAll); !allowed && !is_fresh) return allowed;
    return {};
  };
}

// Those of the API, and those of the web app.
Result<std::vector<http::Route>> all_routes(const http::Services& services, const std::filesystem::path& assets) {
  auto routes = http::api_routes(services);
  auto web_app = http::asset_routes(assets);
  if (!web_app) return std::move(web_app.error());
  std::ranges::move(*web_app, std::back_inserter(routes));
  return routes;
}

// What is to be done now and then.
void keep_house(AccountServices& accounts, Installation& installation, base::Log& log) {
  (void)accounts.sessions.settle();
  (void)accounts.sessions.remove_expired();
  accounts.erasure.resume();
  installation.users().close_removed();
  if (auto erased = installation.vault().erase_replaced_keys(); !erased)
    log.warning("replaced keys whose time is over are still there",
                {{"error", erased.error().public_text}, {"detail", erased.error().log_text}});
}

void warn_of_weak_spots(const http::ServerOptions& options, const config::Config& config, base::Log& log) {
  if (!options.https())
    log.warning(
        "serving plain http, which is fine on this machine alone; for others set up https (docs/settings.md, "
        "--tls-cert)");
  if (options.https() && !options.tls && options.trusted_proxies.empty())
    log.warning("behind a reverse proxy all people look like one address; name it in OWNKEY_TRUSTED_PROXIES");
  const auto listening = http::parse_ip(options.host);
  if (options.tls && !options.public_origin && listening && http::is_unspecified(*listening))
    log.warning(
        "only those on this machine get an answer; name what other people type, such as https://keys.example.com, with "
        "--public-origin");
  if (config.allow_system_keys && config.registration == config::Registration::Open)
    log.warning(
        "whoever signs up runs on the system keys, and everybody may sign up; set OWNKEY_REGISTRATION=closed, or "
        "first-user");
  if (config.ignores_system_keys)
    log.warning(
        "a system key is set but not allowed, so nobody runs on it; set OWNKEY_ALLOW_SYSTEM_KEYS=true, or "
        "remove the key");
}

std::string address_of(const config::Config& config, int port) {
  const auto& host = config.listen.host;
  return std::string(config.tls_cert ? "https" : "http") + "://" +
         (host.find(':') == std::string::npos ? host : "[" + host + "]") + ":" + std::to_string(port);
}

// What goes on for a session that another process ended, or for a user whom it disabled, ends too: 'ownkey user' works
// beside the server.
void end_what_lost_its_right(http::Server& server, workflow::RunService& runs, accounts::Sessions& sessions,
                             store::AccountStore& accounts) {
  server.cancel_ended([&](const http::Session& session) {
    const auto known = sessions.has({session.user, session.session});
    return known && !*known;
  });
  runs.cancel_background_if([&](const base::UserId& user) {
    const auto row = accounts.get_user(user);
    return row && (!*row || (*row)->disabled_at);
  });
}

// Serves on a thread of its own, so that the main thread can wait for signals: the first begins a graceful stop, a
// second one means now.
void serve_until_stopped(http::Server& server, const std::function<void()>& look_around, base::Log& log) {
  std::atomic<bool> served = false;
  std::thread listener([&] {
    server.serve();
    served = true;
    ::kill(::getpid(), SIGTERM);  // wakes the main thread, which waits for a second signal
  });
  wait_for_stop(look_around);
  log.info("stopping: no new connections; a second signal stops at once");
  server.stop();
  if (!served) wait_for_stop([] {});
  if (!served) server.stop_now();
  listener.join();
  log.info("stopped");
}

}  // namespace

Result<void> check_settings(const config::Config& config) {
  if (config.tls_cert.has_value() != config.tls_key.has_value())
    return invalid("tls_cert", "give both OWNKEY_TLS_CERT and OWNKEY_TLS_KEY, or neither");
  if (auto sound = http::Server::check(server_options(config)); !sound) return sound;
  if (const auto endpoints = llm::Endpoints::create(endpoint_options(config)); !endpoints) return endpoints.error();
  return WorkflowServices::check(config);
}

Result<void> serve(config::Config config) {
  hold_back_stop_signals();
  auto log = base::Log::to_stderr(config.log);
  const auto opened = Installation::open(config, log);
  if (!opened) return opened.error();
  auto& installation = **opened;
  auto& vault = installation.vault();
  const auto& clock = installation.clock();

  AccountServices accounts(installation, config.registration, log);
  store::LateWrites late(installation.users(), clock, log, {.time = config.run_history});
  const auto llm = llm::LlmService::create(llm_options(config), vault, installation.users(), late, clock, log);
  if (!llm) return llm.error();
  llm::KeySettings key_settings(vault, installation.users(), late, clock);
  const auto workflows = WorkflowServices::create(config, installation, **llm, late, accounts.preferences);
  if (!workflows) return workflows.error();

  const auto options = server_options(config);
  base::Metrics metrics;
  const http::MetricsAccess metrics_access(std::move(config.metrics_token), options.public_origin && !options.tls);
  auto routes = all_routes(
      {accounts.accounts, accounts.sessions, accounts.profile, accounts.preferences, accounts.two_factor,
       accounts.audit, vault, (*workflows)->key_uses, **llm, key_settings, (*workflows)->workflows, (*workflows)->runs,
       *(*workflows)->tools, http::SessionCookie(options.https()), clock, metrics, metrics_access},
      assets_folder(config));
  if (!routes) return routes.error();
  http::Server server(options, std::move(*routes),
                      {authenticator(accounts.sessions), rate_limit(accounts.limiter), log, clock});
  const auto port = server.bind();
  if (!port) return port.error();
  metrics.add([&](auto& text) { server.write_figures(text); });
  metrics.add([&](auto& text) { (*llm)->write_figures(text); });
  metrics.add([&](auto& text) { (*workflows)->runs.write_figures(text); });
  keep_house(accounts, installation, log);
  const auto look_around = [&, done = clock.steady()]() mutable {
    // While the disk is full they wait for room.
    (void)accounts.sessions.write_uses();
    end_what_lost_its_right(server, (*workflows)->runs, accounts.sessions, installation.accounts());
    if (clock.steady() - done < std::chrono::minutes(1)) return;
    keep_house(accounts, installation, log);
    done = clock.steady();
  };

  warn_of_weak_spots(options, config, log);
  std::cout << "ownkey is ready: " << address_of(config, *port) << std::endl;
  if (config.public_origin) log.info("people reach it at " + *config.public_origin);
  if (config.demo) log.info("demo: calls to all providers go to the simulator, and nothing reaches the real ones");
  serve_until_stopped(server, look_around, log);
  let_stop_signals_through();
  (*workflows)->runs.stop();
  (void)accounts.sessions.write_uses();
  return {};
}

}  // namespace ownkey
