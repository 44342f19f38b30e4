#include <iterator>
#include <utility>

#include "server/http/handlers/handlers.h"

namespace ownkey::http {

std::vector<Route> api_routes(const Services& services) {
  std::vector<Route> all;
  for (auto& topic :
       {account_routes(services), audit_routes(services), profile_routes(services), session_routes(services),
        two_factor_routes(services), preferences_routes(services), account_erasure_routes(services),
        account_export_routes(services), provider_routes(services), credential_routes(services),
        verification_routes(services), usage_routes(services), model_routes(services), workflow_routes(services),
        run_routes(services), health_routes(), metrics_routes(services)})
    all.insert(all.end(), topic.begin(), topic.end());
  all.push_back(description_route(all));
  return all;
}

}  // namespace ownkey::http
