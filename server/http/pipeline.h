// Pipeline: what becomes of a request between its head and its answer, in this order: our host, a route, who
// calls, forged or not, type and size of the body; then, with the body, the limiter and the handler. Knows no socket.
// Safe from several threads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "server/base/log.h"
#include "server/http/address.h"
#include "server/http/origin.h"
#include "server/http/request_head.h"
#include "server/http/route.h"
#include "server/http/router.h"
#include "server/http/session_guard.h"

namespace ownkey::http {

class Pipeline {
 public:
  struct Parts {
    Router router;
    SessionGuard session_guard;
    RateLimit limit;
    Origin origin;
    TrustedProxies proxies;
    base::Log& log;
  };
  explicit Pipeline(Parts parts) : parts_(std::move(parts)) {}

  // A request that may go on once its body is there.
  struct Opened {
    Request request;
    const Route* route;
    IpAddress client;
  };
  // All that the head decides. A Response is the answer; what body there is then stays unread.
  std::variant<Opened, Response> open(RequestHead head, const IpAddress& peer, std::string request_id) const;

  // Looks once more whether the caller is signed in; the answer, if not.
  std::optional<Response> identify_again(Opened& opened) const;

  const std::vector<Route>& routes() const { return parts_.router.routes(); }

  // Calls the handler and turns whatever comes out of it into an answer.
  Response answer(const Opened& opened) const;

 private:
  std::optional<Response> check(Opened& opened, std::string_view host, std::uint64_t body_size) const;
  Result<void> check_caller(Opened& opened, std::string_view host) const;
  Result<Response> call(const Opened& opened) const;
  Response refusal(const Opened& opened, const Error& error) const;
  std::optional<Response> missing_page(const RequestHead& head) const;
  Response problem(const Error& error, std::string_view request_id) const;

  Parts parts_;
};

}  // namespace ownkey::http
