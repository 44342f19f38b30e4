// Messages about runs: what each node did, on whose key, and what came out.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shared/fields.h"
#include "shared/provider.h"

namespace ownkey::api {

enum class NodeStatus { Success, Error, Skipped, Cancelled };

constexpr auto names_of(NodeStatus) {
  return std::array<std::pair<NodeStatus, std::string_view>, 4>{{{NodeStatus::Success, "success"},
                                                                 {NodeStatus::Error, "error"},
                                                                 {NodeStatus::Skipped, "skipped"},
                                                                 {NodeStatus::Cancelled, "cancelled"}}};
}

// Queued and running: not done yet.
enum class RunStatus { Success, Error, Cancelled, Queued, Running };

constexpr auto names_of(RunStatus) {
  return std::array<std::pair<RunStatus, std::string_view>, 5>{{{RunStatus::Success, "success"},
                                                                {RunStatus::Error, "error"},
                                                                {RunStatus::Cancelled, "cancelled"},
                                                                {RunStatus::Queued, "queued"},
                                                                {RunStatus::Running, "running"}}};
}

// Whose key a call ran on.
enum class KeySource { Own, System };

constexpr auto names_of(KeySource) {
  return std::array<std::pair<KeySource, std::string_view>, 2>{
      {{KeySource::Own, "own"}, {KeySource::System, "system"}}};
}

struct Usage {
  std::int64_t input_tokens = 0;
  std::int64_t output_tokens = 0;

  static constexpr auto fields() {
    return std::tuple{Field{"input_tokens", &Usage::input_tokens}, Field{"output_tokens", &Usage::output_tokens}};
  }
};

// A key that was tried before another one stood in for it, and the code of what it failed with.
struct FailedKey {
  std::string credential_id;
  std::string masked_key;
  std::string code;

  static constexpr auto fields() {
    return std::tuple{Field{"credential_id", &FailedKey::credential_id}, Field{"masked_key", &FailedKey::masked_key},
                      Field{"code", &FailedKey::code}};
  }
};

// The receipt of a call: which key it ran on.
struct KeyReceipt {
  KeySource source = KeySource::Own;
  Provider provider{};
  std::optional<std::string> credential_id;
  std::string masked_key;
  std::optional<std::vector<FailedKey>> failed_before = {};  // in the order in which they were tried

  static constexpr auto fields() {
    return std::tuple{Field{"source", &KeyReceipt::source}, Field{"provider", &KeyReceipt::provider},
                      Field{"credential_id", &KeyReceipt::credential_id}, Field{"masked_key", &KeyReceipt::masked_key},
                      Field{"failed_before", &KeyReceipt::failed_before}};
  }
};

struct NodeError {
  std::string code;
  std::string detail;

  static constexpr auto fields() {
    return std::tuple{Field{"code", &NodeError::code}, Field{"detail", &NodeError::detail}};
  }
};

// A tool that an agent's model asked for, and what came of it. Long results are cut in the log.
struct ToolUse {
  std::string name;
  json arguments;
  std::optional<json> result;
  std::optional<NodeError> error;

  static constexpr auto fields() {
    return std::tuple{Field{"name", &ToolUse::name}, Field{"arguments", &ToolUse::arguments},
                      Field{"result", &ToolUse::result}, Field{"error", &ToolUse::error}};
  }
};

// One call of an agent's model, with the tools that it led to.
struct AgentStep {
  std::string text;
  std::vector<ToolUse> tool_calls;
  std::optional<Usage> usage;
  std::optional<std::string> provider_request_id;

  static constexpr auto fields() {
    return std::tuple{Field{"text", &AgentStep::text}, Field{"tool_calls", &AgentStep::tool_calls},
                      Field{"usage", &AgentStep::usage}, Field{"provider_request_id", &AgentStep::provider_request_id}};
  }
};

struct LogEntry {
  std::string node_id;
  std::string type;
  NodeStatus status = NodeStatus::Success;
  std::string started_at;
  std::int64_t duration_ms = 0;
  std::optional<json> output;
  std::optional<NodeError> error;
  std::optional<Usage> usage;
  std::optional<KeyReceipt> key;
  std::optional<std::string> provider_request_id;
  std::optional<std::string> reason;            // why it was skipped: parent_failed, branch_not_taken, run_timeout
  std::optional<std::int64_t> attempts;         // when there were several
  std::optional<std::vector<AgentStep>> steps;  // of an agent

  static constexpr auto fields() {
    return std::tuple{Field{"node_id", &LogEntry::node_id},
                      Field{"type", &LogEntry::type},
                      Field{"status", &LogEntry::status},
                      Field{"started_at", &LogEntry::started_at},
                      Field{"duration_ms", &LogEntry::duration_ms},
                      Field{"output", &LogEntry::output},
                      Field{"error", &LogEntry::error},
                      Field{"usage", &LogEntry::usage},
                      Field{"key", &LogEntry::key},
                      Field{"provider_request_id", &LogEntry::provider_request_id},
                      Field{"reason", &LogEntry::reason},
                      Field{"attempts", &LogEntry::attempts},
                      Field{"steps", &LogEntry::steps}};
  }
};

struct RunResult {
  std::string workflow_id;
  std::string run_id;
  RunStatus status = RunStatus::Success;
  json results;  // node id → output
  std::vector<LogEntry> logs;

  static constexpr auto fields() {
    return std::tuple{Field{"workflow_id", &RunResult::workflow_id}, Field{"run_id", &RunResult::run_id},
                      Field{"status", &RunResult::status}, Field{"results", &RunResult::results},
                      Field{"logs", &RunResult::logs}};
  }
};

// A run in the history, or one under way.
struct RunSummary {
  std::string run_id;
  std::string workflow_id;
  RunStatus status = RunStatus::Running;
  std::string started_at;
  std::optional<std::string> finished_at;
  std::optional<std::int64_t> duration_ms;
  std::optional<std::int64_t> position;  // while it is queued: 1 is the next
  std::optional<Usage> usage;
  std::optional<NodeError> error;

  static constexpr auto fields() {
    return std::tuple{Field{"run_id", &RunSummary::run_id},
                      Field{"workflow_id", &RunSummary::workflow_id},
                      Field{"status", &RunSummary::status},
                      Field{"started_at", &RunSummary::started_at},
                      Field{"finished_at", &RunSummary::finished_at},
                      Field{"duration_ms", &RunSummary::duration_ms},
                      Field{"position", &RunSummary::position},
                      Field{"usage", &RunSummary::usage},
                      Field{"error", &RunSummary::error}};
  }
};

// A run with what each node did and what came out, once it is done. Its last event says the same but the times.
struct RunDetails : RunSummary {
  std::optional<json> results;
  std::optional<std::vector<LogEntry>> logs;
  std::optional<bool> cut;  // it was too large to be kept whole

  static constexpr auto fields() {
    return std::tuple_cat(RunSummary::fields(),
                          std::tuple{Field{"results", &RunDetails::results}, Field{"logs", &RunDetails::logs},
                                     Field{"cut", &RunDetails::cut}});
  }
};

struct StartedRun {
  std::string run_id;

  static constexpr auto fields() { return std::tuple{Field{"run_id", &StartedRun::run_id}}; }
};

}  // namespace ownkey::api
