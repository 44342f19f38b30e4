#include "server/llm/http_client.h"

#include <httplib.h>

#include <array>
#include <cstring>

namespace ownkey::llm {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t kBufferBytes = 16384;
// What may come besides the body: head, chunk sizes, trailers. The library keeps a line until it ends, so that one
// without an end would fill the memory. A body in chunks of single bytes comes in seven times its size.
constexpr std::size_t kMaxFramingBytes = std::size_t{256} * 1024;
constexpr std::size_t kMaxFramingShare = 8;

// The connection as the library wants to see it. Writes are gathered and go out with the first read, in one packet.
class ExchangeStream final : public httplib::Stream {
 public:
  ExchangeStream(Connection& connection, const Timeouts& timeouts, const HttpRequest& request)
      : connection_(connection),
        first_byte_(request.first_byte_within.value_or(timeouts.first_byte)),
        gap_(timeouts.gap),
        end_(steady_clock::now() + timeouts.total) {}
  ~ExchangeStream() override { wipe(outgoing_); }
  ExchangeStream(const ExchangeStream&) = delete;
  ExchangeStream& operator=(const ExchangeStream&) = delete;

  ssize_t write(const char* data, std::size_t size) override {
    outgoing_.append(data, size);
    return static_cast<ssize_t>(size);
  }

  ssize_t read(char* data, std::size_t size) override {
    if (begin_ == filled_ && !fill()) return io_ == Connection::Io::Closed ? 0 : -1;
    const std::size_t taken = std::min(size, filled_ - begin_);
    std::memcpy(data, incoming_.data() + begin_, taken);
    begin_ += taken;
    return static_cast<ssize_t>(taken);
  }

  bool is_readable() const override { return true; }
  bool is_writable() const override { return true; }
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  socket_t socket() const override { return -1; }

  void took_body(std::size_t size) { body_bytes_ += size; }

  bool answered() const { return answered_; }
  bool timed_out() const { return io_ == Connection::Io::TimedOut; }
  bool closed() const { return io_ == Connection::Io::Closed; }
  bool has_leftover() const { return begin_ != filled_; }

 private:
  bool fill() {
    const auto now = steady_clock::now();
    // Where there is always something to read, no wait ever runs into its deadline.
    if (now >= end_) {
      io_ = Connection::Io::TimedOut;
      return false;
    }
    const auto deadline = std::min(end_, now + (answered_ ? gap_ : first_byte_));
    if (!outgoing_.empty()) {
      io_ = connection_.write(outgoing_, deadline);
      wipe(outgoing_);
      if (io_ != Connection::Io::Done) return false;
    }
    const auto received = connection_.read(incoming_.data(), incoming_.size(), deadline);
    io_ = received.io;
    begin_ = 0;
    filled_ = received.size;
    answered_ = answered_ || received.size > 0;
    wire_bytes_ += received.size;
    return received.size > 0 && wire_bytes_ <= kMaxFramingBytes + kMaxFramingShare * body_bytes_;
  }

  Connection& connection_;
  const std::chrono::milliseconds first_byte_;
  const std::chrono::milliseconds gap_;
  const Deadline end_;
  std::string outgoing_;
  std::array<char, kBufferBytes> incoming_;
  std::size_t begin_ = 0;
  std::size_t filled_ = 0;
  std::size_t wire_bytes_ = 0;
  std::size_t body_bytes_ = 0;
  bool answered_ = false;
  Connection::Io io_ = Connection::Io::Done;
};

// Opens the library's message reader and writer, which do not care where the bytes come from.
class Codec final : public httplib::ClientImpl {
 public:
  Codec(const std::string& host, int port, const KeyToSend& key) : ClientImpl(host, port) {
    set_url_encode(false);
    set_decompress(false);
    set_header_writer([&key](httplib::Stream& stream, httplib::Headers& headers) {
      std::string lines;
      for (const auto& [name, value] : headers) lines.append(name).append(": ").append(value).append("\r\n");
      if (key.header.name.empty()) return stream.write(lines.append("\r\n"));
      lines.append(key.header.name).append(": ").append(key.header.prefix);
      const auto secret = key.key.reveal();
      return stream.write(lines) + stream.write(secret.data(), secret.size()) + stream.write("\r\n\r\n");
    });
  }
  using ClientImpl::process_request;
};

httplib::Request to_library(const Endpoint& endpoint, const HttpRequest& request) {
  httplib::Request result;
  result.method = request.method;
  result.path = endpoint.url.path + request.path;
  result.body = request.body;
  result.headers = {{"Host", endpoint.url.host_header()}, {"User-Agent", "ownkey"}, {"Accept-Encoding", "identity"}};
  if (!request.body.empty()) result.headers.emplace("Content-Type", "application/json");
  for (const auto& [name, value] : request.headers) result.headers.emplace(name, value);
  return result;
}

Error timeout(const Endpoint& endpoint) {
  return {ErrorKind::ProviderTimeout, endpoint.name + " did not answer in time; try again", "timed out"};
}

Error too_large(const Endpoint& endpoint) {
  return {ErrorKind::ProviderError, endpoint.name + " sent an answer that is too large; ask for less at once",
          "the answer is over " + std::to_string(kMaxAnswerBytes) + " bytes"};
}

}  // namespace

Result<HttpAnswer> exchange(Connection& connection, const Endpoint& endpoint, const HttpRequest& request,
                            const KeyToSend& key, const OnBody& on_body, const Timeouts& timeouts,
                            ExchangeState& state) {
  ExchangeStream stream(connection, timeouts, request);
  Codec codec(endpoint.url.host, endpoint.url.port, key);
  httplib::Request outgoing = to_library(endpoint, request);
  httplib::Response incoming;
  HttpAnswer answer;
  std::size_t received = 0;
  bool stopped = false;
  outgoing.content_receiver = [&](const char* data, std::size_t size, std::uint64_t, std::uint64_t) {
    received += size;
    stream.took_body(size);
    if (received > kMaxAnswerBytes) return false;
    if (on_body && incoming.status / 100 == 2) return !(stopped = !on_body({data, size}));
    answer.body.append(data, size);
    return true;
  };
  auto error = httplib::Error::Success;
  const bool whole = codec.process_request(stream, outgoing, incoming, false, error);
  state.answered = stream.answered();
  if (!whole && !stopped) {
    if (received > kMaxAnswerBytes) return too_large(endpoint);
    if (stream.timed_out()) return timeout(endpoint);
    if (!stream.closed()) return unreachable(endpoint, "its answer is not HTTP as expected");
    if (!state.answered) return unreachable(endpoint, "it closed the connection");
    return Error{ErrorKind::ProviderError, endpoint.name + " broke its answer off in the middle; try again",
                 "closed too early"};
  }
  state.reusable = whole && !stream.has_leftover() && !stream.closed() && incoming.version == "HTTP/1.1" &&
                   incoming.get_header_value("Connection") != "close";
  answer.status = incoming.status;
  for (auto& [name, value] : incoming.headers) answer.headers.push_back({name, value});
  return answer;
}

}  // namespace ownkey::llm
