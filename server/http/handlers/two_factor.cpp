// The second factor of signing in.
#include "server/http/handlers/handlers.h"
#include "server/http/handlers/two_factor_message.h"

namespace ownkey::http {

std::vector<Route> two_factor_routes(const Services& services) {
  auto& two_factor = services.two_factor;

  const Handler get = [&two_factor](const Request& request) -> Result<Response> {
    const auto state = two_factor.state(request.caller().user);
    if (!state) return state.error();
    return json_response(200, message_of(*state));
  };
  const Handler set_up = [&two_factor](const Request& request) -> Result<Response> {
    const auto message = body_of<api::SetUpTwoFactorRequest>(request);
    if (!message) return message.error();
    const auto setup = two_factor.set_up(request.caller().user, message->current_password, request.client());
    if (!setup) return setup.error();
    return json_response(200, message_of(*setup));
  };
  const Handler enable = [&two_factor](const Request& request) -> Result<Response> {
    const auto message = body_of<api::EnableTwoFactorRequest>(request);
    if (!message) return message.error();
    const auto codes = two_factor.enable(request.caller().user, message->totp_code, request.client());
    if (!codes) return codes.error();
    return json_response(200, message_of(*codes));
  };
  const Handler renew_codes = [&two_factor](const Request& request) -> Result<Response> {
    const auto message = body_of<api::ChangeTwoFactorRequest>(request);
    if (!message) return message.error();
    const auto codes = two_factor.renew_recovery_codes(request.caller().user, message->current_password,
                                                       message->totp_code, request.client());
    if (!codes) return codes.error();
    return json_response(200, message_of(*codes));
  };
  const Handler disable = [&two_factor](const Request& request) -> Result<Response> {
    const auto message = body_of<api::ChangeTwoFactorRequest>(request);
    if (!message) return message.error();
    const auto disabled =
        two_factor.disable(request.caller().user, message->current_password, message->totp_code, request.client());
    if (!disabled) return disabled.error();
    return no_content();
  };

  const auto secret_route = [](const char* method, const char* path, const Handler& handler) {
    return Route{method, path, handler, Access::SignedIn, Body::Json, kAuthBodyCap, Limiter::Secret};
  };
  return {
      {"GET", "/api/settings/two-factor", get},
      secret_route("POST", "/api/settings/two-factor/setup", set_up),
      secret_route("POST", "/api/settings/two-factor/enable", enable),
      secret_route("POST", "/api/settings/two-factor/recovery-codes", renew_codes),
      secret_route("DELETE", "/api/settings/two-factor", disable),
  };
}

}  // namespace ownkey::http
