// Figures for monitoring.
#include "server/http/handlers/handlers.h"

namespace ownkey::http {

std::vector<Route> metrics_routes(const Services& services) {
  const Handler tell = [&metrics = services.metrics,
                        &access = services.metrics_access](const Request& request) -> Result<Response> {
    if (auto allowed = access.check(request); !allowed) return allowed.error();
    return text_response(200, "text/plain; version=0.0.4; charset=utf-8", metrics.text());
  };
  return {Route{"GET", "/metrics", tell, Access::Anyone}.checks_secret().gives_text(
      "tells what the server does, for Prometheus; to this machine, or with a token of the operator's",
      "text/plain; version=0.0.4; charset=utf-8")};
}

}  // namespace ownkey::http
