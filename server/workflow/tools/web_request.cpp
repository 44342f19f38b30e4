#include "server/workflow/tools/web_request.h"

#include <utility>

namespace ownkey::workflow {

Result<WebAnswer> get(llm::OutboundClient& outbound, const llm::Endpoint& endpoint, std::string target,
                      const base::CancelToken& cancel) {
  WebAnswer result;
  const auto take = [&](std::string_view piece) {
    const auto room = kMaxWebBody - result.body.size();
    result.cut = piece.size() > room;
    result.body.append(piece.substr(0, room));
    return !result.cut;
  };
  const llm::KeyHeader no_header;
  const Secret no_key;
  auto answer = outbound.send(endpoint, {"GET", std::move(target)}, {no_header, no_key}, take, cancel);
  if (!answer) return std::move(answer.error());
  result.status = answer->status;
  result.content_type = answer->header("content-type");
  if (result.status / 100 != 2) (void)take(answer->body);
  return result;
}

}  // namespace ownkey::workflow
