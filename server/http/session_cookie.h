// SessionCookie: how the session token travels in a browser. Pure functions; safe from several threads.
//
// Over https the name begins with __Host-, which makes browsers insist on Secure, Path=/ and no Domain (RFC 6265bis
// §4.1.3.2), so no other host or plain-http page can plant one. Plain http on loopback has to do without.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "server/http/message.h"
#include "shared/secret.h"

namespace ownkey::http {

class SessionCookie {
 public:
  explicit SessionCookie(bool https) : https_(https) {}

  std::string_view name() const { return https_ ? "__Host-ownkey" : "ownkey_dev"; }

  // The token in a Cookie header. Nothing when it is absent, or there twice with different values (one was planted).
  std::optional<Secret> read(std::string_view cookie_header) const;

  void set(Response& response, const Secret& token, std::chrono::seconds lifetime) const;
  // For logout: removes the cookie and what the browser keeps of the page.
  void clear(Response& response) const;

 private:
  std::string attributes() const;

  bool https_;
};

}  // namespace ownkey::http
