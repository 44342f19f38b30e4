// The headers that every answer carries, whatever it is. Pure functions.
#pragma once

#include <string>

#include "server/http/message.h"
#include "server/http/route.h"

namespace ownkey::http {

class SecurityHeaders {
 public:
  explicit SecurityHeaders(bool https);

  // Lines that end in CRLF. A page may run our script and nothing else; all other answers may do nothing at all, even
  // when a browser is made to show one.
  const std::string& lines_for(const Response& response) const;

 private:
  std::string page_;
  std::string other_;
};

std::string_view cache_control(Cache cache);

}  // namespace ownkey::http
