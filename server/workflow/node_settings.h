// NodeSettings: what any node may say about how it is run, in its data beside what its kind wants.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "shared/json.h"
#include "shared/result.h"

namespace ownkey::workflow {

struct NodeSettings {
  std::optional<std::chrono::seconds> timeout = {};  // data.timeout_s, for all tries together
  int retries = 0;                                   // data.retries, after an error that may pass
  std::chrono::seconds retry_wait{1};                // data.retry_wait_s
  std::optional<std::int64_t> token_budget = {};     // data.token_budget
};

// `path` names the data in errors.
Result<NodeSettings> read_node_settings(const json& data, const std::string& path);

}  // namespace ownkey::workflow
