// LlmService: chat with any provider on the key of the user who asks, and checks of keys. Safe from several threads.
//
//   auto outcome = llm.for_user(user).chat({.model = "gpt-5.5", .messages = {{Role::User, "hello"}}}, {});
//   if (outcome.answer) use(outcome.answer->text);
//   record(outcome.key, outcome.provider_request_id);   // which key ran, also when the call failed
//
// The key is opened for one call and wiped after it. Without a key there is no call: no_credential; nor when the key
// has used up its monthly budget: limit_exceeded. What was used is counted. Where the user switched failover on, their
// next key of that provider is used when one is limited, out of credit or rejected, as long as no text has come;
// the receipt names the keys that failed before. Everything that comes back is scrubbed of the key. A call that was
// cancelled ends within moments with an error that means nothing: look at the token first. Calls block their thread, at
// most as long as Timeouts says; `on_delta` runs on that thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/base/cancel_token.h"
#include "server/base/client.h"
#include "server/base/clock.h"
#include "server/base/ids.h"
#include "server/base/log.h"
#include "server/llm/chat.h"
#include "server/llm/endpoint.h"
#include "server/llm/key_resolver.h"
#include "server/llm/outbound_client.h"
#include "server/llm/provider_call.h"
#include "server/llm/reachable_models.h"
#include "server/llm/usage_meter.h"
#include "server/llm/verification.h"
#include "server/store/user_stores.h"
#include "server/vault/credential_vault.h"

namespace ownkey::llm {

struct LlmOptions {
  Endpoints::Options endpoints = {};
  SystemKeys system_keys = {};  // leave empty unless the operator allows them
  std::string ca_file = {};
  std::string proxy = {};
  Timeouts timeouts = {};
  RetryPolicy retries = {};
};

struct ChatOptions {
  std::optional<Provider> provider = {};       // else by the model (reachable_models.h)
  std::optional<std::string> credential = {};  // the label of one of the user's keys
  OnDelta on_delta = {};                       // streams when set
  base::CancelToken cancel = {};
};

struct ChatOutcome {
  Result<ChatAnswer> answer;
  std::optional<api::KeyReceipt> key = {};  // set as soon as a key was chosen
  std::string provider_request_id = {};     // empty when there was none
};

class LlmService;

// The service as one user sees it: their keys and no others. Cheap to make; the service must outlive it.
class UserLlm {
 public:
  ChatOutcome chat(const ChatRequest& request, const ChatOptions& options) const;

  // Checks a key that is not stored. An Error is about the request (a base URL that is not allowed); what the provider
  // thinks of the key is in the outcome. The key must be tidy (shared/validation.h).
  Result<VerifyOutcome> verify(Provider provider, const Secret& key, const std::optional<std::string>& base_url,
                               const base::CancelToken& cancel = {}) const;

  // The same for a stored key, active or not; the outcome is kept with it. not_found when there is none, conflict
  // when it was replaced meanwhile: what was found out is not about the key that is there now.
  Result<VerifyOutcome> verify_stored(Provider provider, std::string_view label, const base::Client& client,
                                      const base::CancelToken& cancel = {}) const;

  // The models that the user's active keys reach, of one provider or of all; kept for some minutes.
  Result<std::vector<api::Model>> models(std::optional<Provider> provider, const base::CancelToken& cancel = {}) const;
  // When models of this user's providers end, as far as is known without asking now.
  Result<ModelEnds> model_ends() const;

  // Which of the user's keys a call to this provider gets when it names none; nothing when it gets none of theirs.
  Result<std::optional<base::CredentialId>> usual_key(Provider provider) const;

 private:
  friend class LlmService;
  UserLlm(LlmService& service, base::UserId user, std::string workflow)
      : service_(service), user_(std::move(user)), workflow_(std::move(workflow)) {}

  LlmService& service_;
  base::UserId user_;
  std::string workflow_;
};

class LlmService {
 public:
  // Borrows all but the options, which must outlive it. Fails on a base URL, a host pattern or a system key
  // that is none.
  static Result<std::unique_ptr<LlmService>> create(LlmOptions options, vault::CredentialVault& vault,
                                                    store::UserStores& users, store::LateWrites& late,
                                                    const base::Clock& clock, base::Log& log);

  // `workflow` is what the usage is counted under, if it is for one.
  UserLlm for_user(const base::UserId& user, std::string workflow = {}) { return {*this, user, std::move(workflow)}; }

  // Whether a user may store a key for this base URL; the error names the field.
  Result<void> check_base_url(Provider provider, const std::optional<std::string>& base_url) const;

  // Whether a key of that provider can be used here at all.
  bool serves(Provider provider) const { return endpoints_.serves(provider); }

  void write_figures(base::MetricsText& text) const { caller_.figures().write(text); }

 private:
  friend class UserLlm;
  LlmService(LlmOptions options, Endpoints endpoints, vault::CredentialVault& vault, store::UserStores& users,
             store::LateWrites& late, const base::Clock& clock, base::Log& log);

  // Who calls, and for which workflow.
  struct Caller {
    const base::UserId& user;
    const std::string& workflow;
  };
  ChatOutcome chat(const Caller& caller, const ChatRequest& request, const ChatOptions& options);
  ChatOutcome chat_on(const Caller& caller, const ChosenKey& chosen, const ChatRequest& request,
                      const CallOptions& options);
  void record(const Caller& caller, const ChosenKey& chosen, const ChatRequest& request, const ChatCall& call);
  VerifyOutcome verify(Provider provider, const Endpoint& endpoint, const Secret& key, const base::UserId& user,
                       const vault::CredentialInfo* credential, const base::CancelToken& cancel);
  const ProviderClient& client(Provider provider) const { return *clients_.at(provider); }
  void log_failure(const base::UserId& user, const ChatOutcome& outcome, bool another_follows);

  Endpoints endpoints_;
  vault::CredentialVault& vault_;
  const base::Clock& clock_;
  base::Log& log_;
  KeyResolver resolver_;
  OutboundClient outbound_;
  ProviderCaller caller_;
  ProviderClients clients_;
  ReachableModels models_;
  UsageMeter meter_;
};

}  // namespace ownkey::llm
