#include "server/llm/llm_service.h"

#include "server/llm/model_provider.h"
#include "shared/validation.h"

namespace ownkey::llm {

ChatOutcome UserLlm::chat(const ChatRequest& request, const ChatOptions& options) const {
  return service_.chat(user_, request, options);
}

Result<VerifyOutcome> UserLlm::verify(Provider provider, const Secret& key, const std::optional<std::string>& base_url,
                                      const base::CancelToken& cancel) const {
  const auto endpoint = service_.endpoints_.find(provider, base_url);
  if (!endpoint) return endpoint.error();
  return service_.verify(provider, *endpoint, key, cancel);
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
  auto outcome = service_.verify(provider, *endpoint, *key, cancel);
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
  return std::unique_ptr<LlmService>(new LlmService(std::move(options), std::move(*endpoints), vault, clock, log));
}

LlmService::LlmService(LlmOptions options, Endpoints endpoints, vault::CredentialVault& vault, const base::Clock& clock,
                       base::Log& log)
    : endpoints_(std::move(endpoints)),
      vault_(vault),
      clock_(clock),
      log_(log),
      resolver_(vault, std::move(options.system_keys)),
      outbound_({std::move(options.ca_file), std::move(options.proxy), options.timeouts, system_resolver()}),
      caller_(outbound_, options.retries) {
  for (const auto& [provider, name] : names_of(Provider{})) clients_[provider] = make_provider_client(provider);
}

Result<void> LlmService::check_base_url(Provider provider, const std::optional<std::string>& base_url) const {
  auto endpoint = endpoints_.find(provider, base_url);
  if (!endpoint) return std::move(endpoint.error());
  return {};
}

ChatOutcome LlmService::chat(const base::UserId& user, const ChatRequest& request, const ChatOptions& options) {
  auto provider = options.provider ? Result<Provider>(*options.provider) : provider_of_model(request.model);
  if (!provider) return {std::move(provider.error())};
  auto chosen = resolver_.choose(user, *provider, options.credential);
  if (!chosen) return {std::move(chosen.error())};
  auto key = resolver_.open(user, *chosen);
  // Saved or removed since it was chosen: the choice is made again, once, with the base URL that there is now.
  if (!key && (key.error().kind == ErrorKind::Conflict || key.error().kind == ErrorKind::NotFound)) {
    chosen = resolver_.choose(user, *provider, options.credential);
    if (!chosen) return {std::move(chosen.error())};
    key = resolver_.open(user, *chosen);
  }
  auto outcome =
      key ? chat_with(user, *chosen, *key, request, options) : ChatOutcome{std::move(key.error()), chosen->receipt};
  if (!outcome.answer && !options.cancel.cancelled()) log_failure(user, outcome);
  return outcome;
}

ChatOutcome LlmService::chat_with(const base::UserId& user, const ChosenKey& chosen, const Secret& key,
                                  const ChatRequest& request, const ChatOptions& options) {
  const auto provider = chosen.receipt.provider;
  const auto endpoint = endpoints_.find(provider, chosen.base_url());
  if (!endpoint) return {endpoint.error(), chosen.receipt};
  auto call = caller_.chat({provider, client(provider), *endpoint, key}, request, options.on_delta, options.cancel);
  // When a key was last used is worth knowing, but not worth losing an answer over.
  if (chosen.credential)
    if (const auto recorded = vault_.record_use(user, *chosen.credential); !recorded)
      log_.warning("the use of a key was not recorded", {{"user", user.text()}, {"error", recorded.error().log_text}});
  return {std::move(call.answer), chosen.receipt, std::move(call.request_id)};
}

VerifyOutcome LlmService::verify(Provider provider, const Endpoint& endpoint, const Secret& key,
                                 const base::CancelToken& cancel) {
  const auto start = clock_.steady();
  const auto models = caller_.list_models({provider, client(provider), endpoint, key}, cancel);
  const auto latency = std::chrono::duration_cast<std::chrono::milliseconds>(clock_.steady() - start);
  return grade(provider, key, models, clock_.now(), latency);
}

void LlmService::log_failure(const base::UserId& user, const ChatOutcome& outcome) {
  const auto& error = outcome.answer.error();
  log_.warning("a provider call failed", {{"user", user.text()},
                                          {"provider", name_of(outcome.key->provider)},
                                          {"code", code_of(error.kind)},
                                          {"provider_request_id", outcome.provider_request_id},
                                          {"detail", error.log_text}});
}

}  // namespace ownkey::llm
