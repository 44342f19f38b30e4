// ProviderCaller: one call at a provider, with its retries, streaming and scrubbing. Safe from several threads.
//
// Nothing that a provider sent leaves here unscrubbed: answers, streamed text and errors. A streamed answer is never
// asked for again once its first byte came.
#pragma once

#include <string>
#include <vector>

#include "server/base/cancel_token.h"
#include "server/llm/chat.h"
#include "server/llm/outbound_client.h"
#include "server/llm/provider_client.h"
#include "server/llm/retry.h"
#include "server/vault/scrubber.h"

namespace ownkey::llm {

// Whom to ask, and with whose key; all must outlive the call.
struct CallTarget {
  Provider provider;
  const ProviderClient& client;
  const Endpoint& endpoint;
  const Secret& key;
};

struct ChatCall {
  Result<ChatAnswer> answer;
  std::string request_id;  // of failed calls too; empty when the provider gave none
};

class ProviderCaller {
 public:
  // The outbound client must outlive this.
  ProviderCaller(OutboundClient& outbound, RetryPolicy retries) : outbound_(outbound), retries_(retries) {}

  // Streams when on_delta is set.
  ChatCall chat(const CallTarget& target, const ChatRequest& request, const OnDelta& on_delta,
                const base::CancelToken& cancel);
  Result<std::vector<Model>> list_models(const CallTarget& target, const base::CancelToken& cancel);

 private:
  struct Sent {
    Result<HttpAnswer> answer;  // with a good (2xx) status
    std::string request_id;
  };

  Sent send(const CallTarget& target, const HttpRequest& request, std::string_view model, const OnBody& on_body,
            const base::CancelToken& cancel);
  ChatCall chat_whole(const CallTarget& target, const ChatRequest& request, const base::CancelToken& cancel);
  ChatCall chat_streamed(const CallTarget& target, const ChatRequest& request, const vault::Scrubber& scrubber,
                         const OnDelta& on_delta, const base::CancelToken& cancel);

  OutboundClient& outbound_;
  const RetryPolicy retries_;
};

// The error of a call that was cancelled; who cancelled knows.
Error cancelled();

}  // namespace ownkey::llm
