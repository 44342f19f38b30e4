// How each tool is made; each is described where it is defined.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "server/llm/outbound_client.h"
#include "server/workflow/tools/tool.h"

namespace ownkey::workflow {

std::unique_ptr<Tool> make_calculator();
std::unique_ptr<Tool> make_current_time();
std::unique_ptr<Tool> make_json_query();

// The client must outlive the tool. The error names the setting.
Result<std::unique_ptr<Tool>> make_http_get(llm::OutboundClient& outbound, const std::vector<std::string>& hosts,
                                            bool calls_go_by_proxy);
Result<std::unique_ptr<Tool>> make_wikipedia(llm::OutboundClient& outbound, const std::string& base_url);

}  // namespace ownkey::workflow
