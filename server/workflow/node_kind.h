// NodeKind: what a type of node accepts and does. One file per kind in nodes/, listed once in node_kinds.cpp.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "server/base/cancel_token.h"
#include "server/llm/llm_service.h"
#include "shared/api/runs.h"
#include "shared/json.h"
#include "shared/result.h"

namespace ownkey::workflow {

// All that a node may use while it runs. Everything is borrowed for the time of the call.
struct NodeContext {
  const json& data;            // of the node
  const json& inputs;          // outputs of its parents, merged: an object
  const json& initial_inputs;  // of the run: an object
  llm::UserLlm& llm;           // calls models on the key of the person who runs the workflow
  base::CancelToken cancel;
  std::function<void(std::string_view text)> on_delta;  // text as it arrives; may be empty
};

struct NodeOutcome {
  json output;
  std::optional<api::Usage> usage = {};
  std::optional<api::KeyReceipt> key = {};
  std::string provider_request_id = {};
};

struct NodeFailure {
  Error error;
  std::optional<api::KeyReceipt> key = {};  // when a key was chosen before it failed
};

// One of the two.
struct NodeResult {
  NodeResult(NodeOutcome done) : outcome(std::move(done)) {}
  NodeResult(NodeFailure failed) : failure(std::move(failed)) {}

  std::optional<NodeOutcome> outcome;
  std::optional<NodeFailure> failure;
};

struct NodeKind {
  std::string_view name;
  // Whether the data of a node of this kind makes sense; `path` names it in the error.
  Result<void> (*check)(const json& data, const std::string& path);
  NodeResult (*run)(const NodeContext& context);
};

// Nothing when there is no such kind.
const NodeKind* find_node_kind(std::string_view name);
// "input, llm, …" for messages.
std::string node_kind_names();

}  // namespace ownkey::workflow
