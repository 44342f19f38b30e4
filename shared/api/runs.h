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

enum class RunStatus { Success, Error, Cancelled };

constexpr auto names_of(RunStatus) {
  return std::array<std::pair<RunStatus, std::string_view>, 3>{
      {{RunStatus::Success, "success"}, {RunStatus::Error, "error"}, {RunStatus::Cancelled, "cancelled"}}};
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
                      Field{"provider_request_id", &LogEntry::provider_request_id}};
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

}  // namespace ownkey::api
