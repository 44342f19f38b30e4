// MetricsAccess: who may read the figures of this server. Immutable.
#pragma once

#include "server/http/message.h"
#include "shared/result.h"
#include "shared/secret.h"

namespace ownkey::http {

class MetricsAccess {
 public:
  // With a token, whoever brings it. Without one, programs on this machine; nobody behind a reverse proxy, whose
  // requests all come from this machine.
  MetricsAccess(Secret token, bool behind_proxy) : token_(std::move(token)), behind_proxy_(behind_proxy) {}

  Result<void> check(const Request& request) const;

 private:
  Result<void> check_token(const Request& request) const;

  Secret token_;
  bool behind_proxy_;
};

}  // namespace ownkey::http
