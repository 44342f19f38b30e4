#include "server/llm/outbound_client.h"

#include <csignal>

namespace ownkey::llm {

OutboundClient::OutboundClient(Options options) : options_(std::move(options)) {
  // OpenSSL writes without MSG_NOSIGNAL: a peer that hangs up must be an error, not the end of the process.
  std::signal(SIGPIPE, SIG_IGN);
}

Result<HttpAnswer> OutboundClient::send(const Endpoint& endpoint, const HttpRequest& request, const KeyToSend& key,
                                        const OnBody& on_body, const base::CancelToken& cancel) {
  for (;;) {
    auto kept = pool_.take(endpoint);
    const bool is_kept = kept != nullptr;
    auto connection = is_kept ? Result<std::unique_ptr<Connection>>(std::move(kept)) : connect(endpoint, cancel);
    if (!connection) return std::move(connection.error());
    ExchangeState state;
    auto answer = [&] {
      const auto wake = cancel.on_cancel([&] { (*connection)->shut_down(); });
      return exchange(**connection, endpoint, request, key, on_body, options_.timeouts, state);
    }();
    if (state.reusable && !cancel.cancelled()) pool_.put(endpoint, std::move(*connection));
    // The other side closed it in the moment in which we chose it: the request was not taken up.
    const bool was_dead =
        is_kept && !state.answered && !answer && answer.error().kind == ErrorKind::ProviderUnreachable;
    if (!was_dead || cancel.cancelled()) return answer;
  }
}

Result<std::unique_ptr<Connection>> OutboundClient::connect(const Endpoint& endpoint, const base::CancelToken& cancel) {
  const TlsContext* context = nullptr;
  if (endpoint.url.https) {
    auto made = tls();
    if (!made) return std::move(made.error());
    context = *made;
  }
  const auto deadline = std::chrono::steady_clock::now() + options_.timeouts.connect;
  return Connection::open(endpoint, {options_.resolver, context, options_.proxy}, deadline, cancel);
}

Result<const TlsContext*> OutboundClient::tls() {
  const std::lock_guard lock(tls_mutex_);
  if (!tls_) {
    auto made = TlsContext::create(options_.ca_file);
    if (!made) return std::move(made.error());
    tls_.emplace(std::move(*made));
  }
  return &*tls_;
}

}  // namespace ownkey::llm
