// The head of an answer as it goes over the wire (RFC 9112 §4), with the headers that every answer carries.
// Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "server/base/clock.h"
#include "server/http/message.h"
#include "server/http/security_headers.h"

namespace ownkey::http {

enum class Framing {
  Length,      // Content-Length
  Chunked,     // a stream, by RFC 9112 §7.1
  UntilClose,  // a stream for HTTP/1.0, which has no chunks
};

struct WireFacts {
  Framing framing = Framing::Length;
  bool keep_alive = true;
  std::string_view request_id = {};
  base::Time now = {};
};

// A header value's control characters become spaces, so that no value can begin a header or a body of its own.
std::string response_head(const Response& response, const SecurityHeaders& security, const WireFacts& facts);

// One piece of a chunked stream; an empty piece ends it.
std::string chunk_of(std::string_view data);

}  // namespace ownkey::http
