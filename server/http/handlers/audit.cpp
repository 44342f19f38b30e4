// What happened to a person's account and data.
#include <limits>
#include <utility>

#include "server/http/handlers/audit_message.h"
#include "server/http/handlers/handlers.h"
#include "server/http/handlers/query_number.h"

namespace ownkey::http {
namespace {

constexpr std::int64_t kUsualLimit = 50;
constexpr std::int64_t kMostAtOnce = 200;

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
    return json_response(200, answer);
  };
  return {Route{"GET", "/api/settings/audit", list}
              .asks<std::int64_t>("before", "only entries with a lower sequence number than this")
              .asks<std::int64_t>("limit", "how many at most: 1 to 200, usually 50")
              .gives<std::vector<api::AuditEntry>>("lists what was done with the account, newest first")};
}

}  // namespace ownkey::http
