// ProviderCaller: one call at a provider, with its retries, streaming and scrubbing. Safe from several threads.
//
// Nothing that a provider sent leaves here unscrubbed: answers, streamed text and errors. A streamed answer is never
// asked for again once its first byte came. A host that failed several times in a row is left alone for a while
// (circuit_breaker.h).
#pragma once

#include <string>
#include <vector>

#include "server/base/cancel_token.h"
#include "server/base/clock.h"
#include "server/base/ids.h"
#include "server/llm/call_figures.h"
#include "server/llm/chat.h"
#include "server/llm/circuit_breaker.h"
#include "server/llm/outbound_client.h"
#include "server/llm/provider_client.h"
#include "server/llm/retry.h"
#include "server/vault/scrubber.h"

namespace ownkey::llm {

// Whom to ask, for whom, and with whose key; all must outlive the call.
struct CallTarget {
  Provider provider;
  const ProviderClient& client;
  const Endpoint& endpoint;
  const Secret& key;
  const base::UserId& user;
};

struct ChatCall {
  Result<ChatAnswer> answer;
  std::string request_id;  // of failed calls too; empty when the provider gave none
};

// Whether a call is worth waiting for and asking again; not for a rate limit when another key stands by, and not at all
// when somebody just looks.
enum class Patience { Usual, NotForRateLimits, None };

struct CallOptions {
  OnDelta on_delta = {};  // streams when set
  Patience patience = Patience::Usual;
  base::CancelToken cancel = {};
};

class ProviderCaller {
 public:
  // The outbound client and the clock must outlive this.
  ProviderCaller(OutboundClient& outbound, RetryPolicy retries, const base::Clock& clock)
      : outbound_(outbound), retries_(retries), clock_(clock) {}

  ChatCall chat(const CallTarget& target, const ChatRequest& request, const CallOptions& options);
  Result<std::vector<Model>> list_models(const CallTarget& target, Patience patience, const base::CancelToken& cancel);

  const CallFigures& figures() const { return figures_; }

 private:
  struct Sent {
    Result<HttpAnswer> answer;  // with a good (2xx) status
    std::string request_id;
    int status = 0;  // of the last answer, good or not; 0 when there was none
  };

  Sent send(const CallTarget& target, const HttpRequest& request, std::string_view model, const OnBody& on_body,
            const CallOptions& options);
  Sent ask_until_settled(const CallTarget& target, const HttpRequest& request, std::string_view model,
                         const OnBody& on_body, const CallOptions& options);
  void note(const CallTarget& target, const Sent& sent, bool was_cancelled);
  ChatCall chat_whole(const CallTarget& target, const ChatRequest& request, const CallOptions& options);
  ChatCall chat_streamed(const CallTarget& target, const ChatRequest& request, const vault::Scrubber& scrubber,
                         const CallOptions& options);

  OutboundClient& outbound_;
  const RetryPolicy retries_;
  const base::Clock& clock_;
  CircuitBreaker breaker_;
  CallFigures figures_;
};

// The error of a call that was cancelled; who cancelled knows.
Error cancelled();

}  // namespace ownkey::llm
