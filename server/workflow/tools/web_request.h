// One GET that a tool makes, without a key. Redirects are not followed; the body is cut at kMaxWebBody.
#pragma once

#include <string>

#include "server/base/cancel_token.h"
#include "server/llm/endpoint.h"
#include "server/llm/outbound_client.h"
#include "shared/result.h"

namespace ownkey::workflow {

inline constexpr std::size_t kMaxWebBody = 64 * 1024;

struct WebAnswer {
  int status = 0;
  std::string content_type;
  std::string body;
  bool cut = false;  // there was more
};

// `target` is the path below the endpoint with its query.
Result<WebAnswer> get(llm::OutboundClient& outbound, const llm::Endpoint& endpoint, std::string target,
                      const base::CancelToken& cancel);

}  // namespace ownkey::workflow
