// From where a request comes, for whatever keeps a record of it.
#pragma once

#include <string>

#include "server/accounts/sessions.h"
#include "server/http/message.h"

namespace ownkey::http {

inline accounts::Client client_of(const Request& request) {
  return {request.address, std::string(request.header("user-agent").value_or(""))};
}

}  // namespace ownkey::http
