// RequestHead: a request line with its header fields, read far more strictly than HTTP allows (RFC 9112 §2 to §6).
// Where two readers could see two different requests in the same bytes, this one refuses: that is how requests are
// smuggled past a proxy or into another person's connection. Pure functions over text; also what the fuzzer feeds.
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

#include "server/http/message.h"
#include "shared/result.h"

namespace ownkey::http {

inline constexpr std::size_t kMaxHeadSize = std::size_t{16} << 10;
inline constexpr std::size_t kMaxFields = 64;

struct RequestHead {
  std::string method;
  std::string target;  // as sent: begins with '/', visible ASCII only
  std::string path;    // the target before '?'
  Pairs query;         // decoded
  Pairs headers;       // values without spaces at their ends
  std::string host;
  std::uint64_t content_length = 0;
  bool http_1_0 = false;
  bool keep_alive = true;
  bool expects_continue = false;
};

// An answer given without asking any handler; the connection is closed after it.
struct Refusal {
  int status;
  Error error;
};

// `head` reaches to its empty line and includes it. Whether the host is ours is not judged here.
std::variant<RequestHead, Refusal> parse_request_head(std::string_view head);

}  // namespace ownkey::http
