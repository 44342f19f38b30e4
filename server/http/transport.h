// Transport: one accepted socket, plain or under TLS, that never blocks in reading and bounds how long it blocks in
// writing. Owns the socket. One thread at a time, but for shut() which any thread may call while the owner lives.
#pragma once

#include <openssl/types.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace ownkey::http {

class Transport {
 public:
  using Moment = std::chrono::steady_clock::time_point;

  // `context` is null for plain HTTP, and else must outlive this.
  Transport(int socket, SSL_CTX* context);
  ~Transport();
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;

  enum class State { Done, WantsRead, WantsWrite, Closed };
  struct Read {
    State state;  // Done: `size` bytes came
    std::size_t size = 0;
  };

  // Goes on with the TLS handshake as far as it can; Done at once without TLS.
  State shake_hands();
  Read read(std::span<char> into);
  // False when the peer is gone, takes nothing for `stall`, or not all until `until`.
  bool write(std::string_view data, std::chrono::milliseconds stall, Moment until);
  // Waits a little for bytes to read.
  bool wait_readable(std::chrono::milliseconds time) const;
  // No more will be written; the peer may still be sending.
  void finish_writing();
  // Has the peer see that something is missing. Nothing may be read or written after it.
  void break_off();
  // Makes whoever reads or writes here find it closed.
  void shut() const;

  int socket() const { return socket_; }

 private:
  struct FreeSsl {
    void operator()(SSL* ssl) const;
  };
  State state_after(int result) const;

  int socket_;
  std::unique_ptr<SSL, FreeSsl> ssl_;
};

}  // namespace ownkey::http
