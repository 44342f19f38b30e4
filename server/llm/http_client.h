// One HTTP/1.1 exchange on an open connection. cpp-httplib writes the request and reads the answer; connecting, TLS,
// deadlines and limits are ours, because its own are per read and cannot be cancelled.
#pragma once

#include <chrono>

#include "server/base/cancel_token.h"
#include "server/llm/connection.h"
#include "server/llm/http_message.h"
#include "shared/secret.h"

namespace ownkey::llm {

struct Timeouts {
  std::chrono::milliseconds connect{std::chrono::seconds(10)};      // name, TCP and TLS together
  std::chrono::milliseconds first_byte{std::chrono::seconds(120)};  // from the request to the answer's first byte
  std::chrono::milliseconds gap{std::chrono::seconds(60)};          // between two pieces of an answer
  std::chrono::milliseconds total{std::chrono::minutes(15)};
};

inline constexpr std::size_t kMaxAnswerBytes = std::size_t{32} * 1024 * 1024;

// The key goes into its header while the request is written, and is nowhere else in it. A header without a name means
// that there is no key to send.
struct KeyToSend {
  const KeyHeader& header;
  const Secret& key;
};

// How far an exchange came, also when it failed.
struct ExchangeState {
  bool answered = false;  // a byte of the answer came
  bool reusable = false;  // the connection may take another request
};

// Errors: provider_timeout, provider_unreachable when the connection breaks, provider_error for an answer over the
// limit or against HTTP. When `on_body` says stop, the answer comes back as far as it was read.
Result<HttpAnswer> exchange(Connection& connection, const Endpoint& endpoint, const HttpRequest& request,
                            const KeyToSend& key, const OnBody& on_body, const Timeouts& timeouts,
                            ExchangeState& state);

}  // namespace ownkey::llm
