// A person's keys: list, save, remove. No answer holds a key.
#include <utility>

#include "server/http/handlers/credential_path.h"
#include "server/http/handlers/handlers.h"
#include "shared/api/credentials.h"
#include "shared/validation.h"

namespace ownkey::http {
namespace {

std::optional<std::string> time_text(const std::optional<base::Time>& time) {
  if (!time) return std::nullopt;
  return base::rfc3339(*time);
}

api::Credential message_of(vault::CredentialInfo info) {
  return {.id = info.id.text(),
          .provider = info.provider,
          .label = std::move(info.label),
          .masked_key = std::move(info.masked_key),
          .is_active = info.is_active,
          .base_url = std::move(info.base_url),
          .created_at = base::rfc3339(info.created_at),
          .updated_at = base::rfc3339(info.updated_at),
          .last_used_at = time_text(info.last_used_at),
          .last_verified_at = time_text(info.last_verified_at),
          .verification = std::move(info.verification),
          .health = info.health,
          .notice = std::nullopt};
}

Result<std::string> label_of(const api::SaveCredentialRequest& message) {
  if (!message.label) return std::string(vault::kDefaultLabel);
  return valid_label(*message.label);
}

Result<Response> save(vault::CredentialVault& vault, llm::LlmService& llm, const Request& request) {
  auto message = body_of<api::SaveCredentialRequest>(request);
  if (!message) return message.error();
  auto key = valid_api_key(message->api_key);
  if (!key) return key.error();
  auto label = label_of(*message);
  if (!label) return label.error();
  if (auto allowed = llm.check_base_url(message->provider, message->base_url); !allowed) return allowed.error();
  auto saved = vault.save(request.caller().user,
                          {message->provider, std::move(*label), std::move(message->base_url), std::move(key->key)},
                          request.client());
  if (!saved) return saved.error();
  auto answer = message_of(std::move(*saved));
  if (key->trimmed) answer.notice = "the white space round the key was removed";
  return json_response(200, answer);
}

}  // namespace

std::vector<Route> credential_routes(const Services& services) {
  auto& vault = services.vault;

  const Handler list = [&vault](const Request& request) -> Result<Response> {
    auto all = vault.list(request.caller().user);
    if (!all) return all.error();
    std::vector<api::Credential> answer;
    answer.reserve(all->size());
    for (auto& info : *all) answer.push_back(message_of(std::move(info)));
    return json_response(200, to_json(answer));
  };
  const Handler store = [&vault, &llm = services.llm](const Request& request) { return save(vault, llm, request); };
  const Handler remove = [&vault](const Request& request) -> Result<Response> {
    const auto path = credential_path(request);
    if (!path) return path.error();
    if (auto removed = vault.remove(request.caller().user, path->provider, path->label, request.client()); !removed)
      return removed.error();
    return json_response(200, json{{"status", "success"}});
  };

  return {
      {"GET", "/api/settings/credentials", list},
      {"POST", "/api/settings/credentials", store, Access::SignedIn, Body::Json},
      {"DELETE", "/api/settings/credentials/{provider}", remove},
      {"DELETE", "/api/settings/credentials/{provider}/{label}", remove},
  };
}

}  // namespace ownkey::http
