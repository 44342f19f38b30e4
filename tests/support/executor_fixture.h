// An executor with real models behind it, simulated in this process, and one user.
#pragma once

#include <algorithm>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "server/workflow/graph_executor.h"
#include "tests/provider_sim/simulator.h"
#include "tests/support/vault_fixture.h"

namespace ownkey::test {

inline json node(std::string_view id, std::string_view type, const json& data = json::object()) {
  return {{"id", id}, {"type", type}, {"data", data}};
}
inline json edge(std::string_view source, std::string_view target) { return {{"source", source}, {"target", target}}; }
// From one output of the source to one input of the target; empty for all of it.
inline json edge(std::string_view source, std::string_view source_handle, std::string_view target,
                 std::string_view target_handle) {
  json result = edge(source, target);
  if (!source_handle.empty()) result["sourceHandle"] = source_handle;
  if (!target_handle.empty()) result["targetHandle"] = target_handle;
  return result;
}

inline const api::LogEntry& entry(const workflow::GraphRun& run, std::string_view node) {
  const auto found = std::ranges::find(run.logs, node, &api::LogEntry::node_id);
  if (found == run.logs.end()) throw std::runtime_error("no log of the node");
  return *found;
}

struct ExecutorFixture : VaultFixture {
  provider_sim::RequestLog seen;
  // With a delay, so that nodes which run together are seen to do so.
  provider_sim::Simulator simulator{{.delay = std::chrono::milliseconds(20)}, seen};
  base::SystemClock system_clock;
  base::Deadlines deadlines;
  workflow::NodeWorkers workers{16};
  std::unique_ptr<workflow::Tools> tools = value_of(workflow::Tools::create({}));
  workflow::GraphExecutor executor{workers, *tools, deadlines, system_clock};
  base::UserId ada = add_user("ada");
  std::unique_ptr<llm::LlmService> service;

  ExecutorFixture() {
    if (!simulator.start()) throw std::runtime_error("no simulator");
    llm::LlmOptions options;
    options.endpoints = {simulator.origin() + "/v1", simulator.origin(), simulator.origin() + "/v1beta", {}};
    service = value_of(llm::LlmService::create(std::move(options), vault, users, late, system_clock, quiet));
  }

  workflow::GraphRun run(const json& canvas, const json& inputs = json::object(),
                         const workflow::RunOptions& options = {}) {
    const auto graph = value_of(workflow::Graph::parse(canvas));
    auto llm = service->for_user(ada);
    return executor.run(graph, inputs, llm, options);
  }
};

}  // namespace ownkey::test
