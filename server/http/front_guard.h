// FrontGuard: turns the bytes of one connection into whole requests, or into a refusal. It knows no socket and never
// waits: it is fed what arrived and asked what that amounts to, so thousands of slow connections cost no thread.
// One thread at a time.
//
// cpp-httplib gives the listening socket, the accept loop and TLS; its own reader stays out of it because it leaves
// open what this closes: a body left unread becomes the next request, a second Content-Length or one beside
// Transfer-Encoding is believed, compressed bodies outgrow every limit, %0d%0a in values is decoded, trailers overwrite
// headers, timeouts count per read.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include "server/http/request_head.h"

namespace ownkey::http {

using Moment = std::chrono::steady_clock::time_point;

class FrontGuard {
 public:
  struct Limits {
    std::chrono::milliseconds idle;  // between two requests
    std::chrono::milliseconds head;  // for a whole head, from its first byte
    std::chrono::milliseconds body;  // before a body must come at 1 KiB/s, and between two pieces of it
  };

  explicit FrontGuard(Limits limits, Moment now) : limits_(limits), since_(now) {}
  ~FrontGuard();
  FrontGuard(const FrontGuard&) = delete;
  FrontGuard& operator=(const FrontGuard&) = delete;

  void feed(std::string_view bytes, Moment now);

  // More bytes are needed, until then at the latest.
  struct Waiting {
    Moment until;
  };
  // Nobody is asking for anything, and has not for too long.
  struct Idle {};
  using HeadStep = std::variant<Waiting, Idle, RequestHead, Refusal>;
  HeadStep next_head(Moment now);

  // After a head: its body of this many bytes comes next. Without this call the body counts as unread.
  void expect_body(std::size_t size, Moment now);
  using BodyStep = std::variant<Waiting, std::string, Refusal>;
  BodyStep next_body(Moment now);

  // Nothing of the next request has arrived.
  bool is_empty() const { return buffer_.empty(); }

 private:
  std::variant<std::monostate, std::size_t, Refusal> find_head_end();
  void consume(std::size_t size);
  void move_into_body();

  Limits limits_;
  std::string buffer_;  // of a head, and of whatever was sent after it
  std::size_t scanned_ = 0;
  Moment since_;  // since when the head or body at hand is coming, or nothing is
  bool awaiting_body_ = false;
  std::string body_;
  std::size_t body_size_ = 0;
  Moment last_piece_;
};

}  // namespace ownkey::http
