// A person's keys: list, save, change, bring back, remove. No answer holds a key.
#include <utility>

#include "server/http/handlers/credential_path.h"
#include "server/http/handlers/handlers.h"
#include "server/vault/credential_message.h"
#include "shared/api/credentials.h"
#include "shared/api/status.h"
#include "shared/validation.h"

namespace ownkey::http {
namespace {

Result<std::string> label_of(const api::SaveCredentialRequest& message) {
  if (!message.label) return std::string(vault::kDefaultLabel);
  return valid_label(*message.label);
}

// What became of the key that was there before; nothing when there was none.
std::string fate_of_old_key(const vault::CredentialInfo& saved) {
  if (saved.generation == 1) return "";
  if (!saved.previous) return "the old key could not be read any more, so it is gone and this cannot be undone";
  constexpr std::size_t kHour = 11, kHourAndMinute = 5;  // "2026-11-24T09:30:00.125Z"
  return "the old key " + saved.previous->masked_key + " is kept until " +
         base::rfc3339(saved.previous->until).substr(kHour, kHourAndMinute) + " UTC and can be brought back until then";
}

std::optional<std::string> notice_of(bool was_trimmed, const vault::CredentialInfo& saved) {
  std::string notice = was_trimmed ? "the white space round the key was removed" : "";
  if (const auto fate = fate_of_old_key(saved); !fate.empty()) notice += (notice.empty() ? "" : "; ") + fate;
  if (notice.empty()) return std::nullopt;
  return notice;
}

Result<Response> entry(Result<vault::CredentialInfo> info) {
  if (!info) return std::move(info.error());
  return json_response(200, message_of(std::move(*info)));
}

Result<Response> change(vault::CredentialVault& vault, const Request& request) {
  const auto path = credential_path(request);
  if (!path) return path.error();
  auto message = body_of<api::ChangeCredentialRequest>(request);
  if (!message) return message.error();
  if (!message->is_active && !message->label)
    return invalid("", "there is nothing to change in this; give 'is_active', 'label' or both");
  if (message->label) {
    auto label = valid_label(*message->label);
    if (!label) return label.error();
    message->label = std::move(*label);
  }
  return entry(vault.edit(request.caller().user, path->provider, path->label,
                          {message->is_active, std::move(message->label)}, request.client()));
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
  auto notice = notice_of(key->trimmed, *saved);
  auto answer = message_of(std::move(*saved));
  answer.notice = std::move(notice);
  return json_response(200, answer);
}

}  // namespace

std::vector<Route> credential_routes(const Services& services) {
  auto& vault = services.vault;

  const Handler list = [&vault](const Request& request) -> Result<Response> {
    auto keys = vault.list_text(request.caller().user);
    if (!keys) return keys.error();
    return text_response(200, "application/json", std::move(*keys));
  };
  const Handler store = [&vault, &llm = services.llm](const Request& request) { return save(vault, llm, request); };
  const Handler edit = [&vault](const Request& request) { return change(vault, request); };
  const Handler undo = [&vault](const Request& request) -> Result<Response> {
    const auto path = credential_path(request);
    if (!path) return path.error();
    if (const auto message = optional_body_of<api::Nothing>(request); !message) return message.error();
    return entry(vault.undo_replacing(request.caller().user, path->provider, path->label, request.client()));
  };
  const Handler uses = [&key_uses = services.key_uses](const Request& request) -> Result<Response> {
    const auto path = credential_path(request);
    if (!path) return path.error();
    const auto found = key_uses.of(request.caller().user, path->provider, path->label);
    if (!found) return found.error();
    return json_response(200, *found);
  };
  const Handler remove = [&vault](const Request& request) -> Result<Response> {
    const auto path = credential_path(request);
    if (!path) return path.error();
    if (auto removed = vault.remove(request.caller().user, path->provider, path->label, request.client()); !removed)
      return removed.error();
    return json_response(200, api::Status{"success"});
  };

  // Each of these with a label, and without one for the key that is called "default".
  const auto edits = [](Route route) {
    return std::move(route).takes<api::ChangeCredentialRequest>().gives<api::Credential>(
        "switches a key on or off, or renames it");
  };
  const auto undoes = [](Route route) {
    route.body = Body::OptionalJson;
    return std::move(route).gives<api::Credential>("brings the key back that was replaced last");
  };
  const auto tells_uses = [](Route route) {
    return std::move(route).gives<std::vector<api::CredentialUse>>("lists the workflows that run on a key");
  };
  const auto removes = [](Route route) { return std::move(route).gives<api::Status>("deletes a key"); };

  return {
      Route{"GET", "/api/settings/credentials", list}.gives<std::vector<api::Credential>>("lists the keys, masked"),
      Route{"POST", "/api/settings/credentials", store}.takes<api::SaveCredentialRequest>().gives<api::Credential>(
          "saves a key; one of the same provider and label is replaced"),
      edits(Route{"PATCH", "/api/settings/credentials/{provider}", edit}),
      edits(Route{"PATCH", "/api/settings/credentials/{provider}/{label}", edit}),
      undoes(Route{"POST", "/api/settings/credentials/{provider}/undo", undo}),
      undoes(Route{"POST", "/api/settings/credentials/{provider}/{label}/undo", undo}),
      tells_uses(Route{"GET", "/api/settings/credentials/{provider}/uses", uses}),
      tells_uses(Route{"GET", "/api/settings/credentials/{provider}/{label}/uses", uses}),
      removes(Route{"DELETE", "/api/settings/credentials/{provider}", remove}),
      removes(Route{"DELETE", "/api/settings/credentials/{provider}/{label}", remove}),
  };
}

}  // namespace ownkey::http
