// Where a person is signed in.
#include "server/http/handlers/handlers.h"
#include "server/http/handlers/session_message.h"

namespace ownkey::http {

std::vector<Route> session_routes(const Services& services) {
  auto& accounts = services.accounts;

  const Handler list = [&sessions = services.sessions](const Request& request) -> Result<Response> {
    const auto all = sessions.list(request.caller().user);
    if (!all) return all.error();
    return json_response(200, messages_of(*all, request.caller().session));
  };
  const Handler end_one = [&accounts, cookie = services.cookie](const Request& request) -> Result<Response> {
    const auto& caller = request.caller();
    const base::SessionId ended(request.parameter("id"));
    if (auto revoked = accounts.revoke(caller.user, ended, request.client()); !revoked) return revoked.error();
    auto response = no_content();
    if (ended == caller.session) cookie.clear(response);
    response.ends = [ended](const Session& session) { return session.session == ended; };
    return response;
  };
  const Handler end_others = [&accounts](const Request& request) -> Result<Response> {
    const auto& caller = request.caller();
    if (auto ended = accounts.revoke_others(caller.user, request.client()); !ended) return ended.error();
    auto response = no_content();
    response.ends = [caller](const Session& session) {
      return session.user == caller.user && session.session != caller.session;
    };
    return response;
  };

  return {
      Route{"GET", "/api/settings/sessions", list}.gives<std::vector<api::SessionEntry>>(
          "lists where the person is signed in"),
      Route{"DELETE", "/api/settings/sessions", end_others}.gives_nothing("ends all sessions but the one that asks"),
      Route{"DELETE", "/api/settings/sessions/{id}", end_one}.gives_nothing("ends a session"),
  };
}

}  // namespace ownkey::http
