#include "server/workflow/tools/tools.h"

#include <algorithm>
#include <array>
#include <utility>

#include "server/workflow/tools/all_tools.h"
#include "server/workflow/tools/schema.h"

namespace ownkey::workflow {
namespace {

constexpr std::array<std::string_view, 5> kNames{"calculator", "current_time", "json_query", "http_get", "wikipedia"};

// Somebody waits for the answer of a run meanwhile.
constexpr llm::Timeouts kTimeouts{.connect = std::chrono::seconds(10),
                                  .first_byte = std::chrono::seconds(20),
                                  .gap = std::chrono::seconds(10),
                                  .total = std::chrono::seconds(60)};

Error no_such_tool(std::string_view name) {
  return {ErrorKind::InvalidRequest, "there is no tool '" + std::string(name) + "'; use one of: " + tool_names()};
}

}  // namespace

bool is_tool_name(std::string_view name) { return std::ranges::find(kNames, name) != kNames.end(); }

std::string tool_names() {
  std::string names;
  for (const auto name : kNames) names += (names.empty() ? "" : ", ") + std::string(name);
  return names;
}

Result<std::unique_ptr<Tools>> Tools::create(const ToolOptions& options) {
  auto tools = std::unique_ptr<Tools>(new Tools);
  tools->outbound_ = std::make_unique<llm::OutboundClient>(llm::OutboundClient::Options{
      .ca_file = options.ca_file, .proxy = options.proxy, .timeouts = kTimeouts, .resolver = llm::system_resolver()});
  auto http_get = make_http_get(*tools->outbound_, options.hosts, !options.proxy.empty());
  if (!http_get) return std::move(http_get.error());
  auto wikipedia = make_wikipedia(*tools->outbound_, options.wikipedia_url);
  if (!wikipedia) return std::move(wikipedia.error());
  tools->tools_.push_back(make_calculator());
  tools->tools_.push_back(make_current_time());
  tools->tools_.push_back(make_json_query());
  tools->tools_.push_back(std::move(*http_get));
  tools->tools_.push_back(std::move(*wikipedia));
  return tools;
}

const Tool* Tools::find(std::string_view name) const {
  const auto found = std::ranges::find(tools_, name, [](const auto& tool) { return tool->name(); });
  return found == tools_.end() ? nullptr : found->get();
}

Result<json> Tools::call(std::string_view name, const json& args, const base::CancelToken& cancel) const {
  const auto* tool = find(name);
  if (!tool) return no_such_tool(name);
  if (auto reason = tool->unavailable(); !reason.empty()) return Error{ErrorKind::RunFailed, std::move(reason)};
  if (auto checked = check_schema(tool->args(), args, "args"); !checked) return checked.error();
  auto result = tool->call(args, cancel);
  if (result && dump_json(*result).size() > kMaxToolOutput)
    return Error{ErrorKind::LimitExceeded, "the result of " + std::string(name) + " is larger than " +
                                               std::to_string(kMaxToolOutput / 1000) + " KB; ask for less"};
  return result;
}

}  // namespace ownkey::workflow
