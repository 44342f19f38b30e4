// Whether the server is up, for load balancers and supervisors.
#include "server/http/handlers/handlers.h"
#include "shared/api/status.h"

namespace ownkey::http {

std::vector<Route> health_routes() {
  const Handler alive = [](const Request&) -> Result<Response> { return json_response(200, api::Status{"ok"}); };
  const Handler ready = [](const Request& request) -> Result<Response> {
    if (request.stopping.cancelled()) return json_response(503, api::Status{"stopping"});
    return json_response(200, api::Status{"ready"});
  };
  return {
      Route{"GET", "/healthz", alive, Access::Anyone}.gives<api::Status>("tells that the server is up"),
      Route{"GET", "/readyz", ready, Access::Anyone}.gives<api::Status>(
          "tells whether the server takes work: 503 from when it begins to stop"),
  };
}

}  // namespace ownkey::http
