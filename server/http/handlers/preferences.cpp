// What a person likes.
#include <utility>

#include "server/http/handlers/handlers.h"
#include "shared/api/preferences.h"

namespace ownkey::http {

std::vector<Route> preferences_routes(const Services& services) {
  auto& preferences = services.preferences;

  const Handler get = [&preferences](const Request& request) -> Result<Response> {
    const auto stored = preferences.get(request.caller().user);
    if (!stored) return stored.error();
    return json_response(200, *stored);
  };
  const Handler put = [&preferences](const Request& request) -> Result<Response> {
    auto message = body_of<api::Preferences>(request);
    if (!message) return message.error();
    const auto stored = preferences.put(request.caller().user, std::move(*message), request.client());
    if (!stored) return stored.error();
    return json_response(200, *stored);
  };

  return {
      Route{"GET", "/api/settings/preferences", get}.gives<api::Preferences>("gives the preferences"),
      Route{"PUT", "/api/settings/preferences", put}
          .takes<api::Preferences>(kAuthBodyCap)
          .gives<api::Preferences>("sets the preferences; what is left out goes back to its default"),
  };
}

}  // namespace ownkey::http
