// Messages about accounts and signing in. Times are RFC 3339 UTC text, ids are opaque text.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "shared/fields.h"

namespace ownkey::api {

// How a program or a page keeps its session: "cookie" asks for an HttpOnly cookie and gets no token.
enum class SessionKind { Cookie, Bearer };

constexpr auto names_of(SessionKind) {
  return std::array<std::pair<SessionKind, std::string_view>, 2>{
      {{SessionKind::Cookie, "cookie"}, {SessionKind::Bearer, "bearer"}}};
}

struct RegisterRequest {
  std::string email;
  Secret password;
  std::optional<std::string> full_name;
  std::optional<SessionKind> session;

  static constexpr auto fields() {
    return std::tuple{Field{"email", &RegisterRequest::email}, Field{"password", &RegisterRequest::password},
                      Field{"full_name", &RegisterRequest::full_name}, Field{"session", &RegisterRequest::session}};
  }
};

struct LoginRequest {
  std::string email;
  Secret password;
  std::optional<SessionKind> session;
  std::optional<Secret> totp_code = {};  // or a recovery code; asked for by 401 two_factor_required

  static constexpr auto fields() {
    return std::tuple{Field{"email", &LoginRequest::email}, Field{"password", &LoginRequest::password},
                      Field{"session", &LoginRequest::session}, Field{"totp_code", &LoginRequest::totp_code}};
  }
};

struct User {
  std::string id;
  std::string email;
  std::string full_name;
  std::string created_at;

  static constexpr auto fields() {
    return std::tuple{Field{"id", &User::id}, Field{"email", &User::email}, Field{"full_name", &User::full_name},
                      Field{"created_at", &User::created_at}};
  }
};

}  // namespace ownkey::api
