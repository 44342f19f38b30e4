// What happened to a person's account and data.
#include <limits>
#include <utility>

#include "server/http/handlers/handlers.h"
#include "server/http/handlers/query_number.h"
#include "shared/api/audit.h"

namespace ownkey::http {
namespace {

constexpr std::int64_t kUsualLimit = 50;
constexpr std::int64_t kMostAtOnce = 200;

std::optional<std::string> unless_empty(std::string text) {
  if (text.empty()) return std::nullopt;
  return text;
}

api::Actor actor_of(const base::Client& client) {
  if (base::is_command_line(client)) return api::Actor::Operator;
  return client.session.text().empty() ? api::Actor::Unknown : api::Actor::User;
}

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

}  // namespace

std::vector<Route> audit_routes(const Services& services) {
  const Handler list = [&audit = services.audit](const Request& request) -> Result<Response> {
    const auto before = query_number(request, "before", std::numeric_limits<std::int64_t>::max());
    if (!before) return before.error();
    const auto limit = query_number(request, "limit", kMostAtOnce);
    if (!limit) return limit.error();
    auto entries =
        audit.entries(request.caller().user, *before, static_cast<std::size_t>(limit->value_or(kUsualLimit)));
    if (!entries) return entries.error();
    std::vector<api::AuditEntry> answer;
    answer.reserve(entries->size());
    for (auto& entry : *entries) answer.push_back(message_of(std::move(entry)));
    return json_response(200, to_json(answer));
  };
  return {{"GET", "/api/settings/audit", list}};
}

}  // namespace ownkey::http
