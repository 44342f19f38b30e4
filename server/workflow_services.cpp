#include "server/workflow_services.h"

#include <utility>

namespace ownkey {
namespace {

constexpr std::size_t kNodeWorkers = 256;
// Some more threads than runs: one that is done takes a moment to be free again.
constexpr std::size_t kSpareThreads = 64;

workflow::ToolOptions tool_options(const config::Config& config) {
  return {config.tool_hosts, config.wikipedia_url, config.ca_file.value_or("").string(), config.proxy.value_or("")};
}

}  // namespace

Result<void> WorkflowServices::check(const config::Config& config) {
  const auto tools = workflow::Tools::create(tool_options(config));
  return tools ? Result<void>() : tools.error();
}

Result<std::unique_ptr<WorkflowServices>> WorkflowServices::create(const config::Config& config,
                                                                   Installation& installation, llm::LlmService& llm,
                                                                   store::LateWrites& late,
                                                                   accounts::Preferences& preferences) {
  auto tools = workflow::Tools::create(tool_options(config));
  if (!tools) return std::move(tools.error());
  return std::unique_ptr<WorkflowServices>(
      new WorkflowServices(std::move(*tools), config, installation, llm, late, preferences));
}

WorkflowServices::WorkflowServices(std::unique_ptr<workflow::Tools> all_tools, const config::Config& config,
                                   Installation& installation, llm::LlmService& llm, store::LateWrites& late,
                                   accounts::Preferences& preferences)
    : tools(std::move(all_tools)),
      workflows(installation.users(), installation.random(), installation.clock()),
      key_uses(installation.users(), installation.vault(), llm),
      node_workers(kNodeWorkers),
      executor(node_workers, *tools, deadlines, installation.clock()),
      queue({.per_user = config.runs_per_user, .at_once = config.runs_at_once}),
      history(installation.users(), late, crypto::new_id(installation.random())),
      background(config.runs_at_once + kSpareThreads),
      runs({workflows, preferences, llm, executor, queue, history, background, installation.random(),
            installation.clock()},
           {config.run_timeout, config.run_tokens}) {}

}  // namespace ownkey
