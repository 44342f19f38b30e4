#include "server/serve.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <functional>
#include <iostream>
#include <memory>
#include <thread>
#include <utility>

#include "server/accounts/accounts.h"
#include "server/accounts/erasure.h"
#include "server/base/deadlines.h"
#include "server/base/log.h"
#include "server/http/assets.h"
#include "server/http/handlers/handlers.h"
#include "server/http/server.h"
#include "server/installation.h"
#include "server/llm/llm_service.h"
#include "server/process.h"
#include "server/workflow/key_uses.h"
#include "server/workflow/run_service.h"

namespace ownkey {
namespace {

constexpr std::size_t kNodeWorkers = 256;
constexpr std::size_t kSpareThreads = 64;

// For one address. People behind one proxy share it, so it is wide; the narrow limit is the one for an account.
constexpr accounts::Allowance kTriesOfAddress{.burst = 300, .per_second = 2};
constexpr accounts::Allowance kTriesOfAll{.burst = 3000, .per_second = 50};

// The web app that was built beside this program, unless the operator names another folder.
std::filesystem::path assets_folder(const config::Config& config) {
  if (config.assets) return *config.assets;
  std::error_code error;
  return std::filesystem::read_symlink("/proc/self/exe", error).parent_path() / "web";
}

llm::LlmOptions llm_options(config::Config& config) {
  llm::LlmOptions options;
  options.endpoints = {config.base_urls[Provider::OpenAi], config.base_urls[Provider::Anthropic],
                       config.base_urls[Provider::Google], config.custom_endpoints};
  options.system_keys = std::move(config.system_keys);
  options.ca_file = config.ca_file.value_or("").string();
  options.proxy = config.proxy.value_or("");
  return options;
}

workflow::ToolOptions tool_options(const config::Config& config) {
  return {config.tool_hosts, config.wikipedia_url, config.ca_file.value_or("").string(), config.proxy.value_or("")};
}

accounts::TwoFactor::Sealing sealing_with(vault::Sealer& sealer) {
  return {[&sealer](const auto& place, const auto& secret) { return sealer.seal(place, secret); },
          [&sealer](const auto& place, const auto& sealed) { return sealer.open(place, sealed); }};
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

std::string address_of(const config::Config& config, int port) {
  if (config.public_origin) return *config.public_origin;
  const auto& host = config.listen.host;
  return std::string(config.tls_cert ? "https" : "http") + "://" +
         (host.find(':') == std::string::npos ? host : "[" + host + "]") + ":" + std::to_string(port);
}

// Serves on a thread of its own, so that the main thread can wait for signals: the first begins a graceful stop, a
// second one means now.
void serve_until_stopped(http::Server& server, const std::function<void()>& housekeeping, base::Log& log) {
  std::atomic<bool> served = false;
  std::thread listener([&] {
    server.serve();
    served = true;
    ::kill(::getpid(), SIGTERM);  // wakes the main thread, which waits for a second signal
  });
  wait_for_stop(housekeeping);
  log.info("stopping: no new connections; a second signal stops at once");
  server.stop();
  if (!served) wait_for_stop([] {});
  if (!served) server.stop_now();
  listener.join();
  log.info("stopped");
}

}  // namespace

Result<void> serve(config::Config config) {
  harden_process();
  hold_back_stop_signals();
  auto log = base::Log::to_stderr(config.log);
  const auto opened = Installation::open(config, log);
  if (!opened) return opened.error();
  auto& installation = **opened;
  const auto& clock = installation.clock();
  auto& random = installation.random();
  auto& vault = installation.vault();

  accounts::Sessions sessions(installation.accounts(), random, clock);
  accounts::PasswordGate passwords({.at_once = std::max(1U, std::thread::hardware_concurrency())}, random);
  accounts::RateLimiter limiter(clock);
  accounts::AuditLog audit(installation.accounts(), installation.users(), clock, log);
  const accounts::PasswordCheck password_check(installation.accounts(), passwords, limiter, audit, clock);
  accounts::TwoFactor two_factor(
      {installation.users(), password_check, limiter, audit, random, clock, sealing_with(vault.sealer())});
  accounts::Accounts accounts(
      {installation.accounts(), sessions, passwords, limiter, two_factor, audit, random, clock,
       [&keys = installation.keys()](const base::UserId& user) { return keys.new_data_key(user); }},
      config.registration);
  accounts::Profile profile(installation.accounts(), sessions, passwords, password_check, audit, clock);
  accounts::Preferences preferences(installation.users(), clock);
  accounts::Erasure erasure(installation.accounts(), installation.users(), password_check, log);

  const auto llm = llm::LlmService::create(llm_options(config), vault, installation.users(), clock, log);
  if (!llm) return llm.error();
  llm::KeySettings key_settings(vault, installation.users(), clock);
  workflow::Workflows workflows(installation.users(), random, clock);
  base::Deadlines deadlines;
  workflow::NodeWorkers node_workers(kNodeWorkers);
  const auto tools = workflow::Tools::create(tool_options(config));
  if (!tools) return tools.error();
  workflow::GraphExecutor executor(node_workers, **tools, deadlines, clock);
  workflow::RunQueue queue({.per_user = config.runs_per_user, .at_once = config.runs_at_once});
  workflow::RunHistory history(installation.users(), clock, log, crypto::new_id(random), {.time = config.run_history});
  // Some more than can run: a thread that is done takes a moment to be free again.
  workflow::NodeWorkers background(config.runs_at_once + kSpareThreads);
  workflow::RunService runs({workflows, **llm, executor, queue, history, background, random, clock},
                            {config.run_timeout, config.run_tokens});
  workflow::KeyUses key_uses(installation.users(), vault, **llm);

  const auto options = server_options(config);
  auto routes =
      http::api_routes({accounts, sessions, profile, preferences, two_factor, erasure, audit, vault, key_uses, **llm,
                        key_settings, workflows, runs, **tools, http::SessionCookie(options.https()), clock});
  auto assets = http::asset_routes(assets_folder(config));
  if (!assets) return assets.error();
  routes.insert(routes.end(), assets->begin(), assets->end());

  const auto authenticate = [&sessions](const Secret& token) -> Result<http::Session> {
    auto session = sessions.find(token);
    if (!session) return std::move(session.error());
    return http::Session{std::move(session->user), std::move(session->id)};
  };
  const auto limit = [&limiter](http::Limiter, std::string_view subscriber) -> Result<void> {
    const bool is_fresh = limiter.is_fresh("address", subscriber, kTriesOfAddress);
    if (auto allowed = limiter.take("address", subscriber, kTriesOfAddress); !allowed) return allowed;
    // While the whole server is being tried, somebody who comes for the first time still gets in.
    if (auto allowed = limiter.take("all", "", kTriesOfAll); !allowed && !is_fresh) return allowed;
    return {};
  };
  http::Server server(options, std::move(routes), {authenticate, limit, log, clock});
  const auto port = server.bind();
  if (!port) return port.error();
  const auto housekeeping = [&] {
    (void)sessions.remove_expired();
    erasure.resume();
    if (auto erased = vault.erase_replaced_keys(); !erased)
      log.warning("replaced keys whose time is over are still there",
                  {{"error", erased.error().public_text}, {"detail", erased.error().log_text}});
  };
  housekeeping();

  if (!options.https())
    log.warning(
        "serving plain http, which is fine on this machine alone; for others set up https (docs/settings.md, "
        "--tls-cert)");
  if (options.https() && !options.tls && options.trusted_proxies.empty())
    log.warning("behind a reverse proxy all people look like one address; name it in OWNKEY_TRUSTED_PROXIES");
  std::cout << "ownkey is ready: " << address_of(config, *port) << std::endl;
  if (config.demo) log.info("demo: calls to all providers go to the simulator, and nothing reaches the real ones");
  serve_until_stopped(server, housekeeping, log);
  runs.stop();
  return {};
}

}  // namespace ownkey
