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

  return {
      Route{"GET", "/api/settings/two-factor", get}.gives<api::TwoFactorState>("tells whether signing in takes a code"),
      Route{"POST", "/api/settings/two-factor/setup", set_up}
          .checks_secret()
          .takes<api::SetUpTwoFactorRequest>(kAuthBodyCap)
          .gives<api::TwoFactorSetup>("makes a secret for an authenticator app; it counts once it is enabled"),
      Route{"POST", "/api/settings/two-factor/enable", enable}
          .checks_secret()
          .takes<api::EnableTwoFactorRequest>(kAuthBodyCap)
          .gives<api::RecoveryCodes>("enables it with a first code of the app; the recovery codes are told once"),
      Route{"POST", "/api/settings/two-factor/recovery-codes", renew_codes}
          .checks_secret()
          .takes<api::ChangeTwoFactorRequest>(kAuthBodyCap)
          .gives<api::RecoveryCodes>("makes ten new recovery codes; the former ones count no more"),
      Route{"DELETE", "/api/settings/two-factor", disable}
          .checks_secret()
          .takes<api::ChangeTwoFactorRequest>(kAuthBodyCap)
          .gives_nothing("switches it off, with a code or a recovery code"),
  };
}

}  // namespace ownkey::http
