// Connection: one TCP connection to a provider, with TLS where the URL says https.
//
// Every wait has a deadline and ends early when shut_down() is called, from any thread; all else is for one thread at a
// time. Nothing here knows HTTP. Connects only to an address that refusal() has nothing against: resolving, judging and
// connecting use the same address, so that a name that changes its mind in between gains nothing.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <string_view>

#include "server/base/cancel_token.h"
#include "server/llm/endpoint.h"
#include "server/llm/resolver.h"
#include "server/llm/tls_context.h"

namespace ownkey::llm {

class Connection {
 public:
  // `tls` is needed for https. A proxy ("" for none) is used for https only: it carries bytes that it cannot read.
  struct Way {
    const Resolver& resolver;
    const TlsContext* tls;
    const std::string& proxy;
  };

  // provider_unreachable with a text that tells name, address, network and certificate apart.
  static Result<std::unique_ptr<Connection>> open(const Endpoint& endpoint, const Way& way, Deadline deadline,
                                                  const base::CancelToken& cancel);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  enum class Io { Done, Closed, TimedOut };
  struct Received {
    Io io;
    std::size_t size;
  };

  // At least one byte when Done.
  Received read(char* data, std::size_t size, Deadline deadline);
  // All of it when Done.
  Io write(std::string_view data, Deadline deadline);

  // Makes every present and later wait end at once.
  void shut_down();

  // Whether a connection that waited in the pool can take a request: still open, and nothing came that nobody asked
  // for.
  bool is_fresh();

 private:
  explicit Connection(int socket) : socket_(socket) {}

  static Result<std::unique_ptr<Connection>> open_tcp(const Endpoint& endpoint, const std::string& host, int port,
                                                      const Way& way, bool judged, Deadline deadline,
                                                      const base::CancelToken& cancel);
  Result<void> connect(const SocketAddress& address, Deadline deadline);
  Result<void> open_tunnel(const Endpoint& endpoint, Deadline deadline);
  Result<void> start_tls(const Endpoint& endpoint, const TlsContext& tls, Deadline deadline);
  // What to do after an operation of OpenSSL that did not go through; Done means try again.
  Io wait_for_tls(int result, Deadline deadline);
  Io wait_for(short events, Deadline deadline);

  int socket_;
  // A socket that is shut down before it connects forgets that it was, so connecting looks here too.
  std::atomic<bool> ended_{false};
  SslSession session_;
};

// "OpenAI cannot be reached (…)" for a cause in a few words.
Error unreachable(const Endpoint& endpoint, std::string_view cause, std::string log_text = {});

}  // namespace ownkey::llm
