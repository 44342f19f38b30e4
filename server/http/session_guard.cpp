#include "server/http/session_guard.h"

#include "server/http/text.h"

namespace ownkey::http {
namespace {

Error unauthenticated(std::string text) { return {ErrorKind::Unauthenticated, std::move(text)}; }

}  // namespace

std::optional<Secret> bearer_token(std::string_view authorization) {
  const auto [scheme, rest] = divide(authorization, ' ');
  const auto token = trimmed(rest);
  if (!same_name(scheme, "Bearer") || token.empty()) return std::nullopt;
  return Secret(token);
}

SessionGuard::SessionGuard(Authenticator authenticator, SessionCookie cookie)
    : authenticator_(std::move(authenticator)), cookie_(cookie) {}

Result<void> SessionGuard::identify(Request& request) const {
  std::optional<Secret> token;
  const auto authorization = request.header("Authorization");
  if (authorization) {
    token = bearer_token(*authorization);
    if (!token) return unauthenticated("the Authorization header must read: Bearer <access token>");
  } else if (const auto cookies = request.header("Cookie")) {
    token = cookie_.read(*cookies);
  }
  if (!token) return unauthenticated("sign in first: this needs a session");

  auto session = authenticator_(*token);
  if (!session) return std::move(session.error());
  if (!authorization)
    if (const auto user = request.header("X-Ownkey-User"); user && *user != session->user.text())
      return unauthenticated("another account is signed in in this browser; sign in again");
  request.session = std::move(*session);
  request.signed_in_by_cookie = !authorization;
  return {};
}

std::string login_location(std::string_view target) { return "/login?next=" + percent_encoded(target); }

}  // namespace ownkey::http
