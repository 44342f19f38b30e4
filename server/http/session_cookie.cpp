#include "server/http/session_cookie.h"

#include "server/http/text.h"

namespace ownkey::http {

std::optional<Secret> SessionCookie::read(std::string_view cookie_header) const {
  std::string_view token;
  for (const auto part : split(cookie_header, ';')) {
    const auto [cookie_name, value] = divide(trimmed(part), '=');
    if (cookie_name != name() || value.empty()) continue;
    if (!token.empty() && token != value) return std::nullopt;
    token = value;
  }
  if (token.empty()) return std::nullopt;
  return Secret(token);
}

void SessionCookie::set(Response& response, const Secret& token, std::chrono::seconds lifetime) const {
  response.set_header("Set-Cookie", std::string(name()) + "=" + std::string(token.reveal()) + attributes() +
                                        "; Max-Age=" + std::to_string(lifetime.count()));
}

void SessionCookie::clear(Response& response) const {
  response.set_header("Set-Cookie", std::string(name()) + "=" + attributes() + "; Max-Age=0");
  // Not "cookies": that would sign people out of everything on sibling hosts, and on all other ports of localhost.
  response.set_header("Clear-Site-Data", "\"cache\", \"storage\"");
}

std::string SessionCookie::attributes() const {
  return std::string("; Path=/; HttpOnly; SameSite=Lax") + (https_ ? "; Secure" : "");
}

}  // namespace ownkey::http
