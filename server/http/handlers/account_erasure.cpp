// Deleting one's own account.
#include "server/http/handlers/handlers.h"
#include "shared/api/account_settings.h"

namespace ownkey::http {

std::vector<Route> account_erasure_routes(const Services& services) {
  const Handler erase = [&profile = services.profile, &runs = services.runs,
                         cookie = services.cookie](const Request& request) -> Result<Response> {
    const auto message = body_of<api::DeleteAccountRequest>(request);
    if (!message) return message.error();
    const auto& user = request.caller().user;
    if (auto erased = profile.erase(user, message->current_password, request.client()); !erased) return erased.error();
    // What is still on its way finds no key and no file any more; it need not go on to find that out.
    runs.cancel_background(user);
    auto response = no_content();
    cookie.clear(response);
    response.ends = [user](const Session& session) { return session.user == user; };
    return response;
  };
  return {Route{"DELETE", "/api/settings/account", erase}
              .checks_secret()
              .takes<api::DeleteAccountRequest>(kAuthBodyCap)
              .gives_nothing("erases the account and everything of it")};
}

}  // namespace ownkey::http
