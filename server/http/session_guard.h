// SessionGuard: finds out who is calling, by bearer token or session cookie. Safe from several threads if the
// authenticator is.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "server/http/message.h"
#include "server/http/session_cookie.h"
#include "shared/result.h"
#include "shared/secret.h"

namespace ownkey::http {

// Whose session a token is; Unauthenticated for one that is unknown, ended or expired.
using Authenticator = std::function<Result<Session>(const Secret& token)>;

// The token in the value of an Authorization header (RFC 6750 §2.1); nothing when it is of another scheme, or empty.
std::optional<Secret> bearer_token(std::string_view authorization);

class SessionGuard {
 public:
  SessionGuard(Authenticator authenticator, SessionCookie cookie);

  // Sets request.session and signed_in_by_cookie. A request with an Authorization header is judged by that alone: its
  // cookies are ignored, so the CSRF rules need not apply to it. One by cookie may name in X-Ownkey-User who it takes
  // for signed in: all tabs of a browser share the cookie, and another may have changed it.
  Result<void> identify(Request& request) const;

 private:
  Authenticator authenticator_;
  SessionCookie cookie_;
};

// "/login?next=…" that leads back to `target` (path and query) after signing in.
std::string login_location(std::string_view target);

}  // namespace ownkey::http
