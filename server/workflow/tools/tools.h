// Tools: all tools of this server. Immutable once made, so safe from several threads.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/cancel_token.h"
#include "server/llm/outbound_client.h"
#include "server/workflow/tools/tool.h"
#include "shared/json.h"
#include "shared/result.h"

namespace ownkey::workflow {

inline constexpr std::size_t kMaxToolOutput = 100'000;  // bytes, as JSON

struct ToolOptions {
  std::vector<std::string> hosts = {};  // patterns of the hosts that http_get may ask; none when empty
  std::string wikipedia_url = {};       // "https://en.wikipedia.org"; empty switches it off
  std::string ca_file = {};
  std::string proxy = {};
};

class Tools {
 public:
  // Fails on a pattern or a URL that is none; the error names the setting.
  static Result<std::unique_ptr<Tools>> create(const ToolOptions& options);

  const std::vector<std::unique_ptr<Tool>>& all() const { return tools_; }
  // Null when there is no such tool.
  const Tool* find(std::string_view name) const;

  // Checks the arguments, calls, and bounds what comes back.
  Result<json> call(std::string_view name, const json& args, const base::CancelToken& cancel) const;

 private:
  Tools() = default;

  std::unique_ptr<llm::OutboundClient> outbound_;
  std::vector<std::unique_ptr<Tool>> tools_;
};

// Whether any server has a tool of this name: graphs are checked before it is known which server runs them.
bool is_tool_name(std::string_view name);
// "calculator, …" for messages.
std::string tool_names();

}  // namespace ownkey::workflow
