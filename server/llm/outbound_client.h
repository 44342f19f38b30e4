// OutboundClient: every request that leaves this server. Safe from several threads.
//
// Addresses are judged before connecting (host_rules.h), redirects are not followed, certificates are checked, each
// wait has a limit (http_client.h), and connections are kept and used again. Knows nothing of providers' formats: any
// answer with a status is a success here, and there are no retries but one: a kept connection that turns out dead is
// replaced.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "server/base/cancel_token.h"
#include "server/llm/connection_pool.h"
#include "server/llm/http_client.h"
#include "server/llm/resolver.h"
#include "server/llm/tls_context.h"

namespace ownkey::llm {

class OutboundClient {
 public:
  struct Options {
    std::string ca_file = {};  // PEM; "" for the system's certificate authorities
    std::string proxy = {};    // "http://proxy.example.com:3128", for https; "" for none
    Timeouts timeouts = {};
    Resolver resolver = system_resolver();
  };

  explicit OutboundClient(Options options);

  // Ends within moments of a cancel; the error then means nothing, so look at the token first.
  Result<HttpAnswer> send(const Endpoint& endpoint, const HttpRequest& request, const KeyToSend& key,
                          const OnBody& on_body, const base::CancelToken& cancel);

 private:
  Result<std::unique_ptr<Connection>> connect(const Endpoint& endpoint, const base::CancelToken& cancel);
  Result<const TlsContext*> tls();

  const Options options_;
  ConnectionPool pool_;
  // Made at the first need: reading the system's certificates takes longer than the rest of the start.
  std::mutex tls_mutex_;
  std::optional<TlsContext> tls_;
};

}  // namespace ownkey::llm
