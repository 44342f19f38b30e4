#include "server/workflow/tools/web_request.h"

#include <cctype>
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

std::string query_escaped(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) || c == '-' || c == '_' || c == '.' || c == '~') result += c;
    else result += {'%', kHex[byte >> 4], kHex[byte & 15]};
  }
  return result;
}

}  // namespace ownkey::workflow
