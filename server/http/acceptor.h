// Acceptor: cpp-httplib's server with its own request handling taken out: it listens, accepts and holds the TLS
// context, and hands every accepted socket on. `HttplibServer` is httplib::Server or httplib::SSLServer.
#pragma once

#include <httplib.h>

#include <functional>
#include <utility>

namespace ownkey::http {

template <class HttplibServer>
class Acceptor final : public HttplibServer {
 public:
  using Take = std::function<void(int socket)>;

  template <class... Arguments>
  explicit Acceptor(Take take, Arguments&&... arguments)
      : HttplibServer(std::forward<Arguments>(arguments)...), take_(std::move(take)) {
    this->new_task_queue = [] { return new Inline; };
  }

 private:
  // Taking a socket is quick, so the accepting thread does it itself.
  struct Inline final : httplib::TaskQueue {
    bool enqueue(std::function<void()> job) override {
      job();
      return true;
    }
    void shutdown() override {}
  };

  bool process_and_close_socket(socket_t socket) override {
    take_(socket);
    return true;
  }

  Take take_;
};

}  // namespace ownkey::http
