#include "server/http/connection.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <random>

#include "server/http/problem.h"
#include "shared/secret.h"

namespace ownkey::http {
namespace {

constexpr std::size_t kLeastWorkers = 8;
constexpr std::size_t kReadSize = std::size_t{16} << 10;
// After an answer the next request often follows at once: waiting here for it saves the way through the poller.
constexpr std::chrono::milliseconds kLinger{10};
constexpr std::size_t kMostLingering = 64;
// A socket closed with bytes unread resets the connection, and the client may lose the answer: they are read first.
constexpr std::chrono::milliseconds kDrainTime{2000};
// A small body leaves in one packet with its head; a large one is not copied for that.
constexpr std::size_t kSentWithHead = std::size_t{16} << 10;
// For a client that reads, but slowly: 1 MiB in a minute, about.
constexpr std::chrono::microseconds kWriteTimePerByte{60};
// A stream's large pieces leave in chunks of this, so that no whole one is copied to make a chunk of it.
constexpr std::size_t kChunkSize = std::size_t{64} << 10;
constexpr std::size_t kMostDrained = std::size_t{1} << 20;

std::optional<IpAddress> peer_of(int socket) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  if (getpeername(socket, reinterpret_cast<sockaddr*>(&storage), &size) != 0) return std::nullopt;
  if (storage.ss_family == AF_INET6) {
    IpAddress address{};
    std::memcpy(address.data(), &reinterpret_cast<const sockaddr_in6*>(&storage)->sin6_addr, address.size());
    return address;
  }
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(&reinterpret_cast<const sockaddr_in*>(&storage)->sin_addr);
  return IpAddress{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, bytes[0], bytes[1], bytes[2], bytes[3]};
}

Refusal busy(std::string text) {
  return {503, {.kind = ErrorKind::Busy, .public_text = std::move(text), .retry_after_s = 5}};
}

}  // namespace

RequestIds::RequestIds() {
  std::random_device random;
  prefix_.resize(9);
  std::snprintf(prefix_.data(), prefix_.size(), "%08x", static_cast<unsigned>(random()));
  prefix_.back() = '-';
}

std::string RequestIds::next() { return prefix_ + std::to_string(++count_); }

Front::Front(const Pipeline& given_pipeline, const ServerOptions& options, const ServerParts& parts,
             std::function<bool(const IpAddress&)> speaks_for_many)
    : pipeline(given_pipeline),
      security_headers(options.https()),
      patience(options.patience),
      log(parts.log),
      clock(parts.clock),
      figures(pipeline.routes()),
      connections(options.max_connections, std::move(speaks_for_many)),
      workers(kLeastWorkers) {}

// Writes a stream's pieces as chunks, or as they are for HTTP/1.0.
class ChunkSink final : public StreamSink {
 public:
  ChunkSink(Connection& connection, bool chunked) : connection_(connection), chunked_(chunked) {}

  bool write(std::string_view data) override {
    const auto until = connection_.time_to_write(data.size());
    for (; good_ && !data.empty(); data.remove_prefix(std::min(data.size(), kChunkSize))) {
      const auto piece = data.substr(0, kChunkSize);
      good_ = connection_.write(chunked_ ? chunk_of(piece) : piece, until);
    }
    return good_;
  }
  bool end() { return good_ && (!chunked_ || connection_.write(chunk_of({}))); }

 private:
  Connection& connection_;
  bool chunked_;
  bool good_ = true;
};

void Connection::begin(Front& front, int socket, SSL_CTX* context) {
  const auto peer = peer_of(socket);
  if (!peer) {
    close(socket);
    return;
  }
  const auto connection = std::make_shared<Connection>(front, socket, context, *peer);
  const auto entry = front.connections.enter(connection.get(), *peer,
                                             {.cancel = [raw = connection.get()] { raw->gone_.cancel(); },
                                              .shut = [raw = connection.get()] { raw->transport_.shut(); }});
  connection->admitted_ = entry != Connections::Entry::Drop;
  if (entry == Connections::Entry::Welcome) {
    connection->park({Poller::Direction::Read, connection->phase_until_});
  } else if (entry == Connections::Entry::Refuse && !context) {
    connection->exchange_ = {.id = front.request_ids.next(), .begun = connection->now()};
    const auto next = connection->refuse(busy("the server has as many connections as it takes; try again soon"));
    if (std::holds_alternative<Again>(next)) connection->park({Poller::Direction::Read, connection->phase_until_});
  }
}

Connection::Connection(Front& front, int socket, SSL_CTX* context, const IpAddress& peer)
    : front_(front),
      transport_(socket, context),
      peer_(peer),
      guard_({.idle = front.patience.idle, .head = front.patience.head, .body = front.patience.body}, now()),
      phase_until_(now() + (context ? front.patience.head : front.patience.idle)) {}

Connection::~Connection() {
  if (admitted_) front_.connections.leave(this);
}

void Connection::go_on() {
  while (true) {
    const Next next = step();
    if (std::holds_alternative<Close>(next)) return;
    if (const auto* waiting = std::get_if<Park>(&next)) return park(*waiting);
  }
}

// Another thread may go on with the connection before this returns.
void Connection::park(const Park& park) {
  front_.poller.park(transport_.socket(), park.direction, park.until,
                     [self = shared_from_this()] { self->front_.workers.submit([self] { self->go_on(); }); });
}

Connection::Next Connection::step() {
  switch (phase_) {
    case Phase::Handshake: return shake_hands();
    case Phase::Head: return read_head();
    case Phase::Body: return read_body();
    case Phase::Drain: break;
  }
  return drain();
}

Connection::Next Connection::shake_hands() {
  const auto state = transport_.shake_hands();
  if (state == Transport::State::Done) {
    phase_ = Phase::Head;
    return Again{};
  }
  if (state == Transport::State::Closed || stopping() || now() >= phase_until_) return Close{};
  return Park{state == Transport::State::WantsRead ? Poller::Direction::Read : Poller::Direction::Write, phase_until_};
}

Connection::Next Connection::read_head() {
  auto found = guard_.next_head(now());
  if (const auto* waiting = std::get_if<FrontGuard::Waiting>(&found)) return fetch(waiting->until);
  if (std::holds_alternative<FrontGuard::Idle>(found)) return Close{};
  exchange_ = {.id = front_.request_ids.next(), .begun = now()};
  if (const auto* refusal = std::get_if<Refusal>(&found)) return refuse(*refusal);
  return begin_request(std::move(std::get<RequestHead>(found)));
}

Connection::Next Connection::read_body() {
  auto found = guard_.next_body(now());
  if (const auto* refusal = std::get_if<Refusal>(&found)) return refuse(*refusal);
  if (auto* body = std::get_if<std::string>(&found)) {
    opened_->request.body = std::move(*body);
    return run();
  }
  if (std::exchange(exchange_.expects_continue, false) && !write("HTTP/1.1 100 Continue\r\n\r\n")) return Close{};
  return fetch(std::get<FrontGuard::Waiting>(found).until);
}

Connection::Next Connection::fetch(Moment until) {
  const bool idle = phase_ == Phase::Head && guard_.is_empty();
  if (stopping() && idle) return Close{};
  std::array<char, kReadSize> bytes;
  const auto read = transport_.read(bytes);
  switch (read.state) {
    case Transport::State::Done: {
      guard_.feed({bytes.data(), read.size}, now());
      wipe(bytes.data(), read.size);
      return Again{};
    }
    case Transport::State::Closed: return Close{};
    case Transport::State::WantsWrite: return Park{Poller::Direction::Write, until};
    case Transport::State::WantsRead: break;
  }
  if (stopping()) {
    if (phase_ == Phase::Head) exchange_ = {.id = front_.request_ids.next(), .begun = now()};
    return refuse(busy("the server is stopping; try again soon"));
  }
  const bool lingers = idle && std::exchange(answered_before_, false) && front_.workers.threads() <= kMostLingering;
  if (lingers && transport_.wait_readable(kLinger)) return Again{};
  return Park{Poller::Direction::Read, until};
}

Connection::Next Connection::drain() {
  std::array<char, kReadSize> bytes;
  while (!stopping() && now() < phase_until_ && drained_ < kMostDrained) {
    const auto read = transport_.read(bytes);
    if (read.state == Transport::State::WantsRead) return Park{Poller::Direction::Read, phase_until_};
    if (read.state != Transport::State::Done) break;
    drained_ += read.size;
  }
  return Close{};
}

Connection::Next Connection::begin_request(RequestHead head) {
  const auto size = head.content_length;
  exchange_.method = head.method;
  exchange_.path = head.path;
  exchange_.http_1_0 = head.http_1_0;
  exchange_.expects_continue = head.expects_continue;
  const bool keep_alive = head.keep_alive;
  const auto endings = front_.session_requests.endings();
  auto opened = front_.pipeline.open(std::move(head), peer_, exchange_.id);
  if (auto* entering = std::get_if<Pipeline::Opened>(&opened); entering && entering->request.session)
    if (auto refused = enter_session(*entering, endings)) opened = std::move(*refused);
  if (const auto* response = std::get_if<Response>(&opened)) {
    exchange_.keep_alive = keep_alive && size == 0;
    return send(*response);
  }
  opened_ = std::move(std::get<Pipeline::Opened>(opened));
  const bool takes_body = exchange_.method != "GET" && exchange_.method != "HEAD";
  exchange_.keep_alive = keep_alive && (takes_body || size == 0);
  return takes_body && size > 0 ? await_body(size) : run();
}

// From here on the request ends with its session. That may have ended since it was looked up: then this is the answer.
std::optional<Response> Connection::enter_session(Pipeline::Opened& entering, std::uint64_t endings) {
  exchange_.of_session = front_.session_requests.enter(*entering.request.session, gone_);
  if (front_.session_requests.endings() == endings) return std::nullopt;
  auto refused = front_.pipeline.identify_again(entering);
  if (refused) exchange_.of_session.reset();
  return refused;
}

Connection::Next Connection::await_body(std::uint64_t size) {
  guard_.expect_body(size, now());
  phase_ = Phase::Body;
  return Again{};
}

Connection::Next Connection::run() {
  phase_ = Phase::Head;
  auto& request = opened_->request;
  request.stopping = front_.stopping.token();
  request.watch_client = [this] { return watch_client(); };
  const auto response = front_.pipeline.answer(*opened_);
  if (response.ends) end_sessions(response);
  // A whole answer is as good as given: its connection need not end with its session any more. A stream's must.
  if (!response.stream) exchange_.of_session.reset();
  auto next = send(response);
  if (exchange_.watched) front_.poller.forget(transport_.socket());
  exchange_.of_session.reset();
  wipe(request.body);
  opened_.reset();
  // Only now can nothing cancel this request any more; the next must not begin cancelled.
  if (gone_.token().cancelled() && phase_ == Phase::Head) return Close{};
  return next;
}

// With all requests of theirs but this one, which is to be answered as usual.
void Connection::end_sessions(const Response& response) {
  exchange_.of_session.reset();
  front_.session_requests.end(response.ends);
}

base::CancelToken Connection::watch_client() {
  if (!std::exchange(exchange_.watched, true))
    front_.poller.watch(transport_.socket(), [gone = gone_]() mutable { gone.cancel(); });
  return gone_.token();
}

Connection::Next Connection::refuse(const Refusal& refusal) {
  exchange_.keep_alive = false;
  return send(problem_response(refusal.status, refusal.error, exchange_.id));
}

Connection::Next Connection::send(const Response& response) {
  if (stopping() || gone_.token().cancelled()) exchange_.keep_alive = false;
  if (!response.stream) {
    const bool sent = send_whole(response);
    note_answer(response);
    return after_answer(sent);
  }
  if (!front_.connections.begin_stream())
    return refuse(busy("the server has as many open streams as it takes; try again soon"));
  const bool sent = send_stream(response);
  if (!sent) transport_.break_off();
  front_.connections.end_stream();
  note_answer(response);
  return after_answer(sent);
}

bool Connection::send_whole(const Response& response) {
  std::string head = head_of(response, Framing::Length);
  if (exchange_.method == "HEAD") return write(head);
  if (response.body.size() > kSentWithHead) return write(head) && write(response.body);
  return write(head.append(response.body));
}

bool Connection::send_stream(const Response& response) {
  const auto framing = exchange_.http_1_0 ? Framing::UntilClose : Framing::Chunked;
  if (!write(head_of(response, framing))) return false;
  if (exchange_.method == "HEAD") return true;
  ChunkSink sink(*this, framing == Framing::Chunked);
  try {
    if (const auto whole = response.stream(sink); !whole) {
      log_problem(front_.log, whole.error(), exchange_.id);
      return false;
    }
  } catch (const std::exception&) {
    // The head is out: all that is left to tell the client is a stream without its end.
    front_.log.error("a stream threw", {{"request", exchange_.id}, {"path", exchange_.path}});
    return false;
  }
  return sink.end();
}

// Slow readers get their time, by size, but no more: each holds a worker.
Moment Connection::time_to_write(std::size_t size) const {
  return now() + front_.patience.write + static_cast<std::int64_t>(size) * kWriteTimePerByte;
}

bool Connection::write(std::string_view data) { return write(data, time_to_write(data.size())); }

bool Connection::write(std::string_view data, Moment until) {
  return transport_.write(data, front_.patience.write, until);
}

std::string Connection::head_of(const Response& response, Framing framing) const {
  return response_head(
      response, front_.security_headers,
      {.framing = framing, .keep_alive = exchange_.keep_alive, .request_id = exchange_.id, .now = front_.clock.now()});
}

Connection::Next Connection::after_answer(bool sent) {
  if (!sent) return Close{};
  if (exchange_.keep_alive) {
    answered_before_ = true;
    return Again{};
  }
  transport_.finish_writing();
  phase_ = Phase::Drain;
  phase_until_ = now() + kDrainTime;
  return Again{};
}

void Connection::note_answer(const Response& response) {
  const auto took = now() - exchange_.begun;
  front_.figures.answered(opened_ ? opened_->route : nullptr, response, took);
  const bool routine = response.status < 400 && (exchange_.method == "GET" || exchange_.method == "HEAD");
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(took);
  const auto write_line = [&](auto level) {
    (front_.log.*level)("answered", {{"method", exchange_.method},
                                     {"path", exchange_.path},
                                     {"status", response.status},
                                     {"ms", static_cast<std::int64_t>(ms.count())},
                                     {"client", opened_ ? opened_->request.address : to_text(peer_)},
                                     {"request", exchange_.id}});
  };
  write_line(routine ? &base::Log::debug : &base::Log::info);
}

}  // namespace ownkey::http
