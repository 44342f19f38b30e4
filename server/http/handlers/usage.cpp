// How a person's keys are used: failover, monthly budgets, and the tokens that were used.
#include <utility>

#include "server/http/handlers/handlers.h"
#include "shared/api/usage.h"

namespace ownkey::http {
namespace {

template <class Message>
Result<Response> answer(const Result<Message>& message) {
  if (!message) return message.error();
  return json_response(200, *message);
}

}  // namespace

std::vector<Route> usage_routes(const Services& services) {
  auto& settings = services.key_settings;

  const Handler failover = [&settings](const Request& request) {
    return answer(settings.failover(request.caller().user));
  };
  const Handler set_failover = [&settings](const Request& request) -> Result<Response> {
    auto message = body_of<api::FailoverSettings>(request);
    if (!message) return message.error();
    return answer(settings.set_failover(request.caller().user, std::move(*message), request.client()));
  };
  const Handler budgets = [&settings](const Request& request) {
    return answer(settings.budgets(request.caller().user));
  };
  const Handler set_budget = [&settings](const Request& request) -> Result<Response> {
    const auto message = body_of<api::SetBudgetRequest>(request);
    if (!message) return message.error();
    return answer(settings.set_budget(request.caller().user, *message, request.client()));
  };
  const Handler usage = [&settings](const Request& request) {
    return answer(settings.usage(request.caller().user, request.query_value("from"), request.query_value("to"),
                                 request.query_value("group_by")));
  };

  return {
      Route{"GET", "/api/settings/failover", failover}.gives<api::FailoverSettings>(
          "tells which keys stand in for each other"),
      Route{"PUT", "/api/settings/failover", set_failover}.takes<api::FailoverSettings>().gives<api::FailoverSettings>(
          "sets which keys stand in for each other; providers that are left out stay as they are"),
      Route{"GET", "/api/settings/budgets", budgets}.gives<std::vector<api::Budget>>(
          "lists what each key used this month, and what it may"),
      Route{"PUT", "/api/settings/budgets", set_budget}.takes<api::SetBudgetRequest>().gives<api::Budget>(
          "sets how many tokens a key may use in a month"),
      Route{"GET", "/api/usage", usage}
          .asks<std::string>("from", "the first day, such as 2026-11-01; usually 29 days ago")
          .asks<std::string>("to", "the last day; usually today")
          .asks<api::UsageGroup>("group_by", "what to add up by; usually the day")
          .gives<api::UsageReport>("adds up the tokens that were used"),
  };
}

}  // namespace ownkey::http
