#include "server/llm/llm_service.h"

#include <utility>

#include "server/llm/failover.h"
#include "shared/validation.h"

namespace ownkey::llm {
namespace {

// Saved or removed since it was chosen.
bool is_stale(const Error& error) { return error.kind == ErrorKind::Conflict || error.kind == ErrorKind::NotFound; }

}  // namespace

ChatOutcome UserLlm::chat(const ChatRequest& request, const ChatOptions& options) const {
  return service_.chat({user_, workflow_}, request, options);
}

Result<std::vector<api::Model>> UserLlm::models(std::optional<Provider> provider,
                                                const base::CancelToken& cancel) const {
  return service_.models_.list(user_, provider, cancel);
}

Result<ModelEnds> UserLlm::model_ends() const { return service_.models_.ends(user_); }

Result<VerifyOutcome> UserLlm::verify(Provider provider, const Secret& key, const std::optional<std::string>& base_url,
                                      const base::CancelToken& cancel) const {
  const auto endpoint = service_.endpoints_.find(provider, base_url);
  if (!endpoint) return endpoint.error();
  return service_.verify(provider, *endpoint, key, user_, nullptr, cancel);
}

Result<VerifyOutcome> UserLlm::verify_stored(Provider provider, std::string_view label, const base::Client& client,
                                             const base::CancelToken& cancel) const {
  auto credential = service_.vault_.find(user_, provider, label);
  if (!credential) return std::move(credential.error());
  if (!*credential) return Error{ErrorKind::NotFound, "there is no such key here; add it in Settings"};
  const auto endpoint = service_.endpoints_.find(provider, (*credential)->base_url);
  if (!endpoint) return endpoint.error();
  const auto key = service_.vault_.open(user_, (*credential)->id, (*credential)->generation);
  if (!key) return key.error();
  auto outcome = service_.verify(provider, *endpoint, *key, user_, &**credential, cancel);
  if (cancel.cancelled()) return cancelled();
  const auto failure = outcome.error ? std::optional(outcome.error->kind) : std::nullopt;
  auto kept = service_.vault_.record_verification(user_, **credential, outcome.verification, failure, client);
  if (!kept) return std::move(kept.error());
  if (!*kept)
    return Error{ErrorKind::Conflict,
                 "this key was replaced or removed while it was checked; check the one that is there now"};
  return outcome;
}

Result<std::optional<base::CredentialId>> UserLlm::usual_key(Provider provider) const {
  using Found = std::optional<base::CredentialId>;
  const auto chosen = service_.resolver_.choose(user_, provider, std::nullopt);
  if (chosen) return chosen->credential ? Found(chosen->credential->id) : Found();
  const auto kind = chosen.error().kind;
  if (kind == ErrorKind::NoCredential || kind == ErrorKind::CredentialInactive) return Found();
  return chosen.error();
}

Result<std::unique_ptr<LlmService>> LlmService::create(LlmOptions options, vault::CredentialVault& vault,
                                                       store::UserStores& users, store::LateWrites& late,
                                                       const base::Clock& clock, base::Log& log) {
  options.endpoints.calls_go_by_proxy = !options.proxy.empty();
  auto endpoints = Endpoints::create(options.endpoints);
  if (!endpoints) return std::move(endpoints.error());
  for (auto& [provider, key] : options.system_keys) {
    auto tidy = valid_api_key(key);
    if (!tidy)
      return Error{ErrorKind::InvalidRequest,
                   "the system key for " + std::string(name_of(provider)) + ": " + tidy.error().public_text};
    key = std::move(tidy->key);
  }
  return std::unique_ptr<LlmService>(
      new LlmService(std::move(options), std::move(*endpoints), vault, users, late, clock, log));
}

LlmService::LlmService(LlmOptions options, Endpoints endpoints, vault::CredentialVault& vault, store::UserStores& users,
                       store::LateWrites& late, const base::Clock& clock, base::Log& log)
    : endpoints_(std::move(endpoints)),
      vault_(vault),
      clock_(clock),
      log_(log),
      resolver_(vault, users, std::move(options.system_keys)),
      outbound_({std::move(options.ca_file), std::move(options.proxy), options.timeouts, system_resolver()}),
      caller_(outbound_, options.retries, clock),
      models_(resolver_, endpoints_, caller_, clients_, clock),
      meter_(users, late, clock) {
  for (const auto& [provider, name] : names_of(Provider{})) clients_[provider] = make_provider_client(provider);
}

Result<void> LlmService::check_base_url(Provider provider, const std::optional<std::string>& base_url) const {
  auto endpoint = endpoints_.find(provider, base_url);
  if (!endpoint) return std::move(endpoint.error());
  return {};
}

ChatOutcome LlmService::chat(const Caller& caller, const ChatRequest& request, const ChatOptions& options) {
  auto provider = options.provider ? Result<Provider>(*options.provider)
                                   : models_.provider_of(caller.user, request.model, options.cancel);
  if (!provider) return {std::move(provider.error())};
  auto keys = resolver_.choose_in_order(caller.user, *provider, options.credential);
  if (!keys) return {std::move(keys.error())};

  bool text_came = false;
  OnDelta on_delta;
  if (options.on_delta)
    on_delta = [&](std::string_view text) {
      text_came = true;
      options.on_delta(text);
    };
  std::vector<api::FailedKey> failed;
  bool chosen_again = false;
  for (std::size_t i = 0;;) {
    const bool is_last = i + 1 == keys->size();
    const auto patience = is_last ? Patience::Usual : Patience::NotForRateLimits;
    auto outcome = chat_on(caller, (*keys)[i], request, {on_delta, patience, options.cancel});
    if (!outcome.answer && is_stale(outcome.answer.error()) && !std::exchange(chosen_again, true)) {
      // The choice is made again, once, with the base URL that there is now.
      keys = resolver_.choose_in_order(caller.user, *provider, options.credential);
      if (!keys) return {std::move(keys.error())};
      i = 0;
      continue;
    }
    if (!failed.empty()) outcome.key->failed_before = failed;
    if (outcome.answer || options.cancel.cancelled()) return outcome;
    const auto& error = outcome.answer.error();
    const bool another_follows = !is_last && !text_came && another_key_may_help(error);
    log_failure(caller.user, outcome, another_follows);
    if (!another_follows) return outcome;
    failed.push_back(
        {outcome.key->credential_id.value_or(""), outcome.key->masked_key, std::string(code_of(error.kind))});
    ++i;
  }
}

ChatOutcome LlmService::chat_on(const Caller& caller, const ChosenKey& chosen, const ChatRequest& request,
                                const CallOptions& options) {
  const auto provider = chosen.receipt.provider;
  if (chosen.credential)
    if (auto allowed = meter_.check_budget(caller.user, chosen.credential->id); !allowed)
      return {std::move(allowed.error()), chosen.receipt};
  const auto key = resolver_.open(caller.user, chosen);
  if (!key) return {key.error(), chosen.receipt};
  const auto endpoint = endpoints_.find(provider, chosen.base_url());
  if (!endpoint) return {endpoint.error(), chosen.receipt};
  auto call = caller_.chat({provider, client(provider), *endpoint, *key, caller.user}, request, options);
  record(caller, chosen, request, call);
  return {std::move(call.answer), chosen.receipt, std::move(call.request_id)};
}

// What was used and when is worth knowing, but not worth losing an answer over.
void LlmService::record(const Caller& caller, const ChosenKey& chosen, const ChatRequest& request,
                        const ChatCall& call) {
  if (chosen.credential)
    if (auto recorded = vault_.record_use(caller.user, *chosen.credential); !recorded)
      log_.warning("the use of a key was not recorded",
                   {{"user", caller.user.text()}, {"error", recorded.error().log_text}});
  if (call.answer) meter_.count(caller.user, chosen.receipt, request.model, caller.workflow, call.answer->usage);
}

VerifyOutcome LlmService::verify(Provider provider, const Endpoint& endpoint, const Secret& key,
                                 const base::UserId& user, const vault::CredentialInfo* credential,
                                 const base::CancelToken& cancel) {
  const auto start = clock_.steady();
  const auto models = caller_.list_models({provider, client(provider), endpoint, key, user}, Patience::Usual, cancel);
  const auto latency = std::chrono::duration_cast<std::chrono::milliseconds>(clock_.steady() - start);
  if (credential && !cancel.cancelled()) models_.keep(*credential, models);
  return grade(provider, key, models, clock_.now(), latency);
}

void LlmService::log_failure(const base::UserId& user, const ChatOutcome& outcome, bool another_follows) {
  const auto& error = outcome.answer.error();
  log_.warning(another_follows ? "a provider call failed; the user's next key is tried" : "a provider call failed",
               {{"user", user.text()},
                {"provider", name_of(outcome.key->provider)},
                {"credential", outcome.key->credential_id.value_or("system")},
                {"code", code_of(error.kind)},
                {"provider_request_id", outcome.provider_request_id},
                {"detail", error.log_text}});
}

}  // namespace ownkey::llm
