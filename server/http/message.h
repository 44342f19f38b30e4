// Request and Response as handlers see them. Nothing here knows sockets or cpp-httplib, so handlers are plain functions
// that tests can call.
//
// Plain data, used by one thread at a time. A request was checked by the front guard before a handler sees it: its head
// is well formed, its body complete and within the route's cap.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/base/cancel_token.h"
#include "server/base/client.h"
#include "server/base/ids.h"
#include "shared/fields.h"
#include "shared/json.h"
#include "shared/json_text.h"
#include "shared/result.h"

namespace ownkey::http {

// Names and values in the order in which they came. Header names are compared without regard to case.
using Pairs = std::vector<std::pair<std::string, std::string>>;

// Who is calling: a signed-in user and the session that proves it.
struct Session {
  base::UserId user;
  base::SessionId session;
};

struct Request {
  std::string method = {};  // upper case as sent: "GET", "HEAD", "POST" …
  std::string path = {};    // as sent, still percent-encoded, without the query
  std::string target = {};  // path and query as sent; may hold what a log should not
  Pairs headers = {};
  Pairs query = {};            // decoded
  Pairs path_parameters = {};  // decoded; {name} segments of the route's pattern
  std::string body = {};       // wiped when the request is over

  std::string address = {};     // the client's, already seen through trusted proxies
  std::string request_id = {};  // the same as in the answer's X-Request-Id and in the log
  std::optional<Session> session = {};
  bool signed_in_by_cookie = false;
  // Why a cookie may not be set or used by this request, if so (csrf.h). Requests that a cookie signs in were refused
  // for it already; register and login look at it when they are asked for a cookie.
  std::optional<Error> csrf_failure = {};

  // Asks the connection to watch whether the client leaves; set by the server. Use client_left().
  std::function<base::CancelToken()> watch_client = {};
  // Cancelled when the server begins to stop: streams then send their last event and return.
  base::CancelToken stopping = {};

  std::optional<std::string_view> header(std::string_view name) const;
  std::optional<std::string_view> query_value(std::string_view name) const;
  // The value of {name} in the route's pattern. Another name is a std::logic_error.
  const std::string& parameter(std::string_view name) const;
  // Who calls. Asking on a route that needs no session is a std::logic_error.
  const Session& caller() const;
  // From where it comes and in which session, for whatever keeps a record of it.
  base::Client client() const;
  // Cancelled within two seconds after the client closed its connection, also while nothing is sent to it, when its
  // session is ended, and when the server may wait no longer: an answer can then still be sent. The first call begins
  // the watch, which costs no thread.
  base::CancelToken client_left() const;
};

// Where a streamed answer goes. Blocks while the client reads slowly.
class StreamSink {
 public:
  virtual ~StreamSink() = default;
  // Returns when the connection has taken it. False once the client is gone or reads nothing for 30 s; the stream
  // should then return.
  virtual bool write(std::string_view data) = 0;
};

// Writes a streamed answer, which is whole when this returns. An Error, or an exception, breaks it off: its connection
// ends so that the client sees that something is missing.
using Stream = std::function<Result<void>(StreamSink&)>;

struct Response {
  int status = 200;
  Pairs headers = {};
  std::string body = {};
  // What went wrong, when it is a problem.
  std::optional<ErrorKind> problem = {};
  // Which sessions the request ended, if any: what else runs for those is cancelled.
  std::function<bool(const Session&)> ends = {};
  // Instead of a body: called once, after the head was sent; not at all for HEAD.
  Stream stream = {};

  std::optional<std::string_view> header(std::string_view name) const;
  void set_header(std::string_view name, std::string value);  // replaces
};

Response json_response(int status, const json& body);
Response text_response(int status, std::string content_type, std::string body);
template <class Message>
requires Described<Message> || Described<typename Message::value_type> Response json_response(int status,
                                                                                              const Message& body) {
  return text_response(status, "application/json", json_text(body));
}
Response no_content();
// 303: the browser fetches `location` with GET.
Response redirect(std::string location);
Response stream_response(std::string content_type, Stream stream);
// Server-sent events: `stream` writes the events' text.
Response event_stream(std::function<void(StreamSink&)> stream);

// The JSON body of a request, read strictly: unknown fields, duplicate keys and wrong types are errors.
template <Described T>
Result<T> body_of(const Request& request) {
  return parse_as<T>(request.body, Unknown::Refuse);
}

// The same of a body that may be left out.
template <Described T>
Result<T> optional_body_of(const Request& request) {
  return request.body.empty() ? Result<T>(T{}) : body_of<T>(request);
}

}  // namespace ownkey::http
