#include "server/http/handlers/audit_message.h"

#include <utility>

namespace ownkey::http {
namespace {

std::optional<std::string> unless_empty(std::string text) {
  if (text.empty()) return std::nullopt;
  return text;
}

api::Actor actor_of(const base::Client& client) {
  if (base::is_command_line(client)) return api::Actor::Operator;
  return client.session.text().empty() ? api::Actor::Unknown : api::Actor::User;
}

}  // namespace

api::AuditEntry message_of(store::AuditEntry entry) {
  return {.sequence = entry.sequence,
          .at = base::rfc3339(entry.at),
          .action = std::move(entry.action),
          .subject = unless_empty(std::move(entry.subject)),
          .who = actor_of(entry.client),
          .address = std::move(entry.client.address),
          .agent = unless_empty(std::move(entry.client.agent)),
          .session_id = unless_empty(entry.client.session.text()),
          .result = std::move(entry.result),
          .hash = std::move(entry.hash)};
}

}  // namespace ownkey::http
