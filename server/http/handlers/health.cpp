// Whether the server is up, for load balancers and supervisors.
#include "server/http/handlers/handlers.h"

namespace ownkey::http {

std::vector<Route> health_routes() {
  const Handler alive = [](const Request&) -> Result<Response> { return json_response(200, json{{"status", "ok"}}); };
  const Handler ready = [](const Request& request) -> Result<Response> {
    if (request.stopping.cancelled()) return json_response(503, json{{"status", "stopping"}});
    return json_response(200, json{{"status", "ready"}});
  };
  return {
      {"GET", "/healthz", alive, Access::Anyone},
      {"GET", "/readyz", ready, Access::Anyone},
  };
}

}  // namespace ownkey::http
