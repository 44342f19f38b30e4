// Signing up, in and out.
#include <utility>

#include "server/http/handlers/handlers.h"
#include "shared/api/accounts.h"

namespace ownkey::http {
namespace {

// A cookie for the page, which never sees the token; the token itself for a program.
Response signed_in(int status, const accounts::SignedIn& signed_in, api::SessionKind kind, const SessionCookie& cookie,
                   const base::Clock& clock) {
  api::SignedIn message{signed_in.user, base::rfc3339(signed_in.session.expires_at)};
  if (kind == api::SessionKind::Bearer) {
    message.access_token = signed_in.session.token.clone();
    message.token_type = "bearer";
    return json_response(status, to_json<Secrets::Reveal>(message));
  }
  auto response = json_response(status, to_json<Secrets::Reveal>(message));
  const auto lifetime = std::chrono::duration_cast<std::chrono::seconds>(signed_in.session.expires_at - clock.now());
  cookie.set(response, signed_in.session.token, lifetime);
  return response;
}

// Both ways of beginning a session go the same way: read, check that a cookie may be set, call, answer.
template <class Message, class Call>
Handler session_beginning(int status, const Services& services, Call call) {
  return [status, services, call](const Request& request) -> Result<Response> {
    const auto message = body_of<Message>(request);
    if (!message) return message.error();
    const auto kind = message->session.value_or(api::SessionKind::Bearer);
    if (kind == api::SessionKind::Cookie && request.csrf_failure) return *request.csrf_failure;
    const auto result = call(*message, request.client());
    if (!result) return result.error();
    return signed_in(status, *result, kind, services.cookie, services.clock);
  };
}

}  // namespace

std::vector<Route> account_routes(const Services& services) {
  auto& accounts = services.accounts;
  const Handler sign_up = session_beginning<api::RegisterRequest>(
      201, services,
      [&accounts](const auto& message, const auto& client) { return accounts.sign_up(message, client); });
  const Handler sign_in = session_beginning<api::LoginRequest>(
      200, services,
      [&accounts](const auto& message, const auto& client) { return accounts.sign_in(message, client); });

  const Handler sign_out = [&accounts, cookie = services.cookie](const Request& request) -> Result<Response> {
    if (auto ended = accounts.sign_out(request.caller().user, request.client()); !ended) return ended.error();
    auto response = no_content();
    cookie.clear(response);
    response.ends = [ended = request.caller().session](const Session& session) { return session.session == ended; };
    return response;
  };

  return {
      Route{"POST", "/api/auth/register", sign_up, Access::Anyone}
          .checks_secret()
          .takes<api::RegisterRequest>(kAuthBodyCap)
          .gives<api::SignedIn>("makes an account and signs in to it", 201),
      Route{"POST", "/api/auth/login", sign_in, Access::Anyone}
          .checks_secret()
          .takes<api::LoginRequest>(kAuthBodyCap)
          .gives<api::SignedIn>("signs in"),
      Route{"POST", "/api/auth/logout", sign_out}.gives_nothing("ends the session"),
  };
}

}  // namespace ownkey::http
