#include "server/http/metrics_access.h"

#include "server/base/bytes.h"
#include "server/crypto/digest.h"
#include "server/http/address.h"
#include "server/http/session_guard.h"

namespace ownkey::http {
namespace {

bool is_of_this_machine(const Request& request) {
  const auto address = parse_ip(request.address);
  return address && is_loopback(*address) && !request.header("X-Forwarded-For") && !request.header("Forwarded");
}

}  // namespace

Result<void> MetricsAccess::check(const Request& request) const {
  if (!token_.empty()) return check_token(request);
  if (!behind_proxy_ && is_of_this_machine(request)) return {};
  return Error{ErrorKind::Forbidden,
               "the figures are for this machine alone; set OWNKEY_METRICS_TOKEN to read them from "
               "elsewhere, or behind a reverse proxy"};
}

Result<void> MetricsAccess::check_token(const Request& request) const {
  const auto sent = bearer_token(request.header("Authorization").value_or(""));
  if (sent && crypto::equal_in_constant_time(base::bytes_of(sent->reveal()), base::bytes_of(token_.reveal())))
    return {};
  return Error{ErrorKind::Unauthenticated, "send the token of OWNKEY_METRICS_TOKEN as 'Authorization: Bearer …'"};
}

}  // namespace ownkey::http
