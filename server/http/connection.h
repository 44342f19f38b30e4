// Connection: one client's connection from accept to close. Shared by whoever goes on with it next: a worker while
// there is something to do, the poller while it waits for its client. Never both, so it needs no lock.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "server/base/cancel_token.h"
#include "server/base/clock.h"
#include "server/base/log.h"
#include "server/http/connections.h"
#include "server/http/front_guard.h"
#include "server/http/http_figures.h"
#include "server/http/pipeline.h"
#include "server/http/poller.h"
#include "server/http/response_writer.h"
#include "server/http/security_headers.h"
#include "server/http/server.h"
#include "server/http/session_requests.h"
#include "server/http/transport.h"
#include "server/http/worker_pool.h"

namespace ownkey::http {

// Unique in this process and, by its random beginning, most likely among all.
class RequestIds {
 public:
  RequestIds();
  std::string next();

 private:
  std::string prefix_;
  std::atomic<std::uint64_t> count_{0};
};

// What all connections of a server share; outlives them.
struct Front {
  const Pipeline& pipeline;
  const SecurityHeaders security_headers;
  const Patience patience;
  base::Log& log;
  const base::Clock& clock;
  RequestIds request_ids;
  HttpFigures figures;
  base::CancelSource stopping;
  Connections connections;
  SessionRequests session_requests;
  Poller poller;
  WorkerPool workers;  // last, so that it goes first: its jobs use the others

  Front(const Pipeline& given_pipeline, const ServerOptions& options, const ServerParts& parts,
        std::function<bool(const IpAddress&)> speaks_for_many);
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  // Takes an accepted socket; `context` is null for plain HTTP.
  static void begin(Front& front, int socket, SSL_CTX* context);

  Connection(Front& front, int socket, SSL_CTX* context, const IpAddress& peer);
  ~Connection();

 private:
  friend class ChunkSink;
  enum class Phase { Handshake, Head, Body, Drain };

  // What a step leads to: another one at once, waiting for the socket, or the end.
  struct Again {};
  struct Close {};
  struct Park {
    Poller::Direction direction;
    Moment until;
  };
  using Next = std::variant<Again, Close, Park>;

  void go_on();
  Next step();
  Next shake_hands();
  Next read_head();
  Next read_body();
  Next drain();
  Next fetch(Moment until);
  void park(const Park& park);

  Next begin_request(RequestHead head);
  std::optional<Response> enter_session(Pipeline::Opened& entering, std::uint64_t endings);
  Next await_body(std::uint64_t size);
  Next run();
  base::CancelToken watch_client();
  void end_sessions(const Response& response);
  Next refuse(const Refusal& refusal);
  Next send(const Response& response);
  bool send_whole(const Response& response);
  bool send_stream(const Response& response);
  Moment time_to_write(std::size_t size) const;
  bool write(std::string_view data);
  bool write(std::string_view data, Moment until);
  std::string head_of(const Response& response, Framing framing) const;
  Next after_answer(bool sent);
  void note_answer(const Response& response);
  bool stopping() const { return front_.stopping.token().cancelled(); }
  Moment now() const { return front_.clock.steady(); }

  Front& front_;
  Transport transport_;
  const IpAddress peer_;
  FrontGuard guard_;
  Phase phase_ = Phase::Handshake;
  Moment phase_until_;  // of handshake and drain
  std::size_t drained_ = 0;
  bool answered_before_ = false;
  base::CancelSource gone_;  // the client left, its session ended, or the server may wait no longer
  bool admitted_ = false;    // known to front_.connections

  // Of the request at hand.
  struct Exchange {
    std::string id;
    Moment begun;
    std::string method = "-";
    std::string path = "-";
    bool http_1_0 = false;
    bool keep_alive = false;
    bool expects_continue = false;
    bool watched = false;
    SessionRequests::Entry of_session = {};
  };
  Exchange exchange_;
  std::optional<Pipeline::Opened> opened_;
};

}  // namespace ownkey::http
