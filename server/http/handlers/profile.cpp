// What people change about their own account.
#include <utility>

#include "server/http/handlers/handlers.h"
#include "shared/api/account_settings.h"

namespace ownkey::http {
namespace {

Result<Response> change_password(const Services& services, const Request& request) {
  using Token = accounts::Profile::Token;
  const auto message = body_of<api::ChangePasswordRequest>(request);
  if (!message) return message.error();
  const auto& caller = request.caller();
  // A program has no cookie in which the answer, which has no body, could bring it another token.
  const auto token = request.signed_in_by_cookie ? Token::Renew : Token::Keep;
  const auto renewed =
      services.profile.change_password({caller.user, caller.session}, *message, request.client(), token);
  if (!renewed) return renewed.error();
  auto response = no_content();
  if (const auto& session = *renewed)
    services.cookie.set(response, session->token,
                        std::chrono::duration_cast<std::chrono::seconds>(session->expires_at - services.clock.now()));
  response.ends = [caller](const Session& session) {
    return session.user == caller.user && session.session != caller.session;
  };
  return response;
}

}  // namespace

std::vector<Route> profile_routes(const Services& services) {
  const Handler get = [&accounts = services.accounts](const Request& request) -> Result<Response> {
    const auto user = accounts.user(request.caller().user);
    if (!user) return user.error();
    return json_response(200, *user);
  };
  const Handler change = [&profile = services.profile](const Request& request) -> Result<Response> {
    const auto message = body_of<api::ChangeProfileRequest>(request);
    if (!message) return message.error();
    const auto user = profile.change(request.caller().user, *message, request.client());
    if (!user) return user.error();
    return json_response(200, *user);
  };
  const Handler password = [services](const Request& request) { return change_password(services, request); };

  return {
      Route{"GET", "/api/auth/me", get}.gives<api::User>("tells who is signed in"),
      Route{"GET", "/api/settings/profile", get}.gives<api::User>("tells name and e-mail address of who is signed in"),
      Route{"PATCH", "/api/settings/profile", change}
          .checks_secret()
          .takes<api::ChangeProfileRequest>(kAuthBodyCap)
          .gives<api::User>("changes name or e-mail address; the address needs the current password"),
      Route{"POST", "/api/settings/password", password}
          .checks_secret()
          .takes<api::ChangePasswordRequest>(kAuthBodyCap)
          .gives_nothing("changes the password and ends all other sessions"),
  };
}

}  // namespace ownkey::http
